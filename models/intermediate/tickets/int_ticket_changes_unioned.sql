{{ union_sources('ticket_changes') }}
