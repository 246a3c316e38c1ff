with

answers as (
    select *
    from {{ ref('int_survey_answers_placed') }}
    where activity_date in ({{ touched_days('int_touched_survey_days', 'survey_answers') }})
),

questions as (
    select * from {{ ref('survey_questions') }}
),

scored as (
    select
        answers.*,
        questions.role_code,
        questions.object_code,
        {{ answer_number('answers.answer_text', 'answers') }} as given_number
    from answers
    left join questions on answers.question_code = questions.question_code
),

-- The raw answer and its scale are kept; the score is the same answer on 0 to 100, turned so
-- that more is better. An answer outside its scale has no score.
normalised as (
    select
        response_id,
        question_code,
        contact_id,
        invitation_id,
        site_id,
        queue_id,
        channel_code,
        agent_id,
        team_id,
        reason_code,
        scale_code,
        role_code,
        object_code,
        answer_text,
        is_orphan,
        exclusion_code,
        version_count,
        late_version_count,
        given_number between minimum_number and maximum_number as is_scored,
        {{ answer_score('given_number', 'minimum_number', 'maximum_number', 'is_high_good') }} as answer_score,
        {{ is_top_box('given_number', 'minimum_number', 'maximum_number', 'is_high_good', 'box_count') }} as is_top_box,
        {{ is_bottom_box('given_number', 'minimum_number', 'maximum_number', 'is_high_good', 'box_count') }}
            as is_bottom_box,
        first_score,
        activity_date,
        answered_at
    from scored
),

improved as (
    select
        response_id,
        question_code,
        contact_id,
        invitation_id,
        site_id,
        queue_id,
        channel_code,
        agent_id,
        team_id,
        reason_code,
        scale_code,
        role_code,
        object_code,
        answer_text,
        is_orphan,
        exclusion_code,
        version_count,
        late_version_count,
        is_scored,
        answer_score,
        is_top_box,
        is_bottom_box,
        case when answer_score is not null then coalesce(answer_score > first_score, false) end as is_improved,
        activity_date,
        answered_at
    from normalised
)

select * from improved
