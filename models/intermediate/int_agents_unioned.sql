{{ union_sources('agents') }}
