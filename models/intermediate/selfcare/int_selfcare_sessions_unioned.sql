{{ union_sources('selfcare_sessions') }}
