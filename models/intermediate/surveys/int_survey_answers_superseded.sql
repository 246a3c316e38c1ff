{{ superseded_rows(ref('int_survey_answers_unioned'), ['response_id', 'question_code']) }}
