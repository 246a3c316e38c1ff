{{ union_sources('contact_legs') }}
