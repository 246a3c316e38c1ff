{{ chained_steps(ref('int_issue_steps'), ['customer_id', 'issue_reason_code'], 'issue_gap_seconds') }}
