{{ chained_steps(ref('int_issue_steps'), ['customer_id'], usual_issue_gap()) }}
