{{ superseded_rows(ref('int_survey_invitations_unioned'), ['invitation_id']) }}
