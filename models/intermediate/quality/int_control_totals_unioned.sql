{{ union_sources('control_totals') }}
