with

survey_answers as (
    select * from {{ ref('int_survey_answers_unioned') }}
),

survey_answers_superseded as (
    select distinct response_id, question_code
    from {{ ref('int_survey_answers_superseded') }}
),

survey_invitations as (
    {{ current_rows(ref('int_survey_invitations_unioned'), ref('int_survey_invitations_superseded')) }}
),

survey_scales as (
    select * from {{ ref('survey_scales') }}
),

-- An answer names its contact, or its invitation does. What was changed later than 14 days after
-- the invitation was sent is kept and does not count; without a known sending there is no window.
dated as (
    select
        survey_answers.response_id,
        survey_answers.question_code,
        survey_answers.invitation_id,
        coalesce(survey_answers.contact_id, survey_invitations.contact_id) as contact_id,
        survey_answers.scale_code,
        survey_answers.answer_text,
        survey_answers.answered_at,
        survey_answers.completed_at,
        survey_answers.is_complete,
        survey_answers.updated_at,
        survey_answers.delivered_date,
        survey_answers.row_hash,
        survey_answers.delivery_id,
        survey_answers.line_number,
        coalesce(
            coalesce(survey_answers.updated_at, survey_answers.completed_at, survey_answers.answered_at)
            > {{ add_seconds('survey_invitations.sent_at', var('survey_answer_seconds')) }},
            false
        ) as is_late,
        survey_answers_superseded.response_id is not null as has_versions
    from survey_answers
    left join survey_invitations on survey_answers.invitation_id = survey_invitations.invitation_id
    left join survey_answers_superseded
        on
            survey_answers.response_id = survey_answers_superseded.response_id
            and survey_answers.question_code = survey_answers_superseded.question_code
),

scored as (
    select
        numbered.*,
        {{ answer_score('given_number', 'minimum_number', 'maximum_number', 'is_high_good') }} as answer_score
    from (
        select
            dated.*,
            survey_scales.minimum_number,
            survey_scales.maximum_number,
            survey_scales.is_high_good,
            {{ answer_number('dated.answer_text', 'survey_scales') }} as given_number
        from dated
        left join survey_scales on dated.scale_code = survey_scales.scale_code
        where dated.has_versions
    ) as numbered
),

-- The latest version in time, else the latest; and what the customer said first.
ranked as (
    select
        scored.*,
        row_number() over (
            partition by response_id, question_code
            order by
                is_late asc, updated_at desc nulls last, delivered_date desc nulls last, row_hash desc,
                delivery_id asc, line_number asc
        ) as version_rank,
        row_number() over (
            partition by response_id, question_code
            order by
                is_late asc, answer_score is null asc, updated_at asc nulls first, delivered_date asc nulls first,
                row_hash asc, delivery_id asc, line_number asc
        ) as first_rank
    from scored
),

gathered as (
    select
        response_id,
        question_code,
        cast(count(distinct row_hash) as bigint) as version_count,
        cast(count(distinct case when is_late then row_hash end) as bigint) as late_version_count,
        max(case when first_rank = 1 and not is_late then answer_score end) as first_score
    from ranked
    group by response_id, question_code
)

select
    response_id,
    question_code,
    invitation_id,
    contact_id,
    scale_code,
    answer_text,
    answered_at,
    completed_at,
    is_complete,
    updated_at,
    delivery_id,
    is_late,
    cast(1 as bigint) as version_count,
    cast(case when is_late then 1 else 0 end as bigint) as late_version_count,
    cast(null as decimal(18, 12)) as first_score
from dated
where not has_versions
union all
select
    ranked.response_id,
    ranked.question_code,
    ranked.invitation_id,
    ranked.contact_id,
    ranked.scale_code,
    ranked.answer_text,
    ranked.answered_at,
    ranked.completed_at,
    ranked.is_complete,
    ranked.updated_at,
    ranked.delivery_id,
    ranked.is_late,
    gathered.version_count,
    gathered.late_version_count,
    gathered.first_score
from ranked
inner join gathered
    on ranked.response_id = gathered.response_id and ranked.question_code = gathered.question_code
where ranked.version_rank = 1
