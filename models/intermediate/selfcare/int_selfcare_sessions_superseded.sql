{{ superseded_rows(ref('int_selfcare_sessions_unioned'), ['session_id']) }}
