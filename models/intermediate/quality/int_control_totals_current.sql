{{ current_rows(ref('int_control_totals_unioned'), ref('int_control_totals_superseded')) }}
