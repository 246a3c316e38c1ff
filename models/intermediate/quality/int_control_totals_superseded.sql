{{ superseded_rows(
    ref('int_control_totals_unioned'),
    ['checked_source_code', 'queue_id', 'measured_date', 'measure_code']
) }}
