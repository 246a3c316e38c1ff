{{ union_sources('agent_days') }}
