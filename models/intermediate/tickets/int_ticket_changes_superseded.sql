{{ superseded_rows(ref('int_ticket_changes_unioned'), ['ticket_id', 'changed_at']) }}
