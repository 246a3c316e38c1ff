{{ union_sources('sales') }}
