with

answers as (
    select * from {{ ref('int_survey_answers_chosen') }}
),

contacts as (
    select * from {{ ref('fct_contacts') }}
),

survey_scales as (
    select * from {{ ref('survey_scales') }}
),

questions as (
    select * from {{ ref('survey_questions') }}
),

defaults as (
    select * from {{ ref('int_defaults') }}
),

-- Complete is what the survey system calls so, else a response that skips no required question.
completed as (
    select
        answers.response_id,
        coalesce(
            bool_or(answers.is_complete),
            not coalesce(bool_or(questions.is_required and answers.answer_text is null), false)
        ) as is_complete,
        coalesce(max(answers.completed_at), max(answers.answered_at), max(answers.updated_at)) as completed_at
    from answers
    left join questions on answers.question_code = questions.question_code
    where not answers.is_late
    group by answers.response_id
),

-- One response per invitation and contact: the first completed one. Where no invitation is named
-- the contact's first answer to the question stands; a response about nothing known is alone.
judged as (
    select
        answers.*,
        coalesce(completed.is_complete, false) and not answers.is_late as is_completed,
        first_value(answers.response_id) over (
            partition by
                answers.invitation_id,
                answers.contact_id,
                case when answers.invitation_id is null then answers.question_code end,
                case when answers.invitation_id is null and answers.contact_id is null then answers.response_id end
            order by
                coalesce(completed.is_complete, false) and not answers.is_late desc,
                completed.completed_at asc nulls last,
                answers.response_id asc
        ) as first_response_id
    from answers
    left join completed on answers.response_id = completed.response_id
    where answers.answer_text is not null
),

-- An answer belongs to its contact's day; without its contact it is an orphan, kept on the
-- day of the answer until the contact comes.
placed as (
    select
        judged.response_id,
        judged.question_code,
        judged.invitation_id,
        judged.contact_id,
        contacts.site_id,
        contacts.queue_id,
        contacts.channel_code,
        contacts.agent_id,
        contacts.team_id,
        contacts.reason_code,
        judged.scale_code,
        survey_scales.kind_code,
        survey_scales.minimum_number,
        survey_scales.maximum_number,
        survey_scales.is_high_good,
        survey_scales.box_count,
        survey_scales.yes_texts,
        survey_scales.no_texts,
        judged.answer_text,
        judged.answered_at,
        case
            when judged.is_late then 'late'
            when not judged.is_completed then 'partial'
            when judged.response_id != judged.first_response_id then 'repeated'
        end as exclusion_code,
        judged.version_count,
        judged.late_version_count,
        judged.first_score,
        contacts.contact_id is null as is_orphan,
        coalesce(
            contacts.entered_date,
            {{ local_date(
                'coalesce(judged.answered_at, judged.completed_at, judged.updated_at)', 'defaults.zone_name'
            ) }},
            cast('1970-01-01' as date)
        ) as activity_date,
        judged.delivery_id
    from judged
    left join contacts on judged.contact_id = contacts.contact_id
    left join survey_scales on judged.scale_code = survey_scales.scale_code
    cross join defaults
)

select * from placed
