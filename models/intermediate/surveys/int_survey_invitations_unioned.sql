{{ union_sources('survey_invitations') }}
