{{ superseded_rows(ref('int_agent_days_unioned'), ['agent_id', 'work_date']) }}
