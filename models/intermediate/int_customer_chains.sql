{{ chained_steps(ref('int_issue_steps'), ['customer_id'], issue_gap('null')) }}
