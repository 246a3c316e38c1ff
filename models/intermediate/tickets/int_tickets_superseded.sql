{{ superseded_rows(ref('int_tickets_unioned'), ['ticket_id']) }}
