{{ superseded_rows(ref('int_agents_unioned'), ['agent_id', 'valid_from_date']) }}
