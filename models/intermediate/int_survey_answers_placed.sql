with

survey_answers as (
    {{ current_rows(ref('int_survey_answers_unioned'), ref('int_survey_answers_superseded')) }}
),

survey_invitations as (
    {{ current_rows(ref('int_survey_invitations_unioned'), ref('int_survey_invitations_superseded')) }}
),

contacts as (
    select * from {{ ref('fct_contacts') }}
),

survey_scales as (
    select * from {{ ref('survey_scales') }}
),

defaults as (
    select * from {{ ref('int_defaults') }}
),

-- An answer names its contact, or its invitation does.
invited as (
    select
        survey_answers.*,
        coalesce(survey_answers.contact_id, survey_invitations.contact_id) as asked_contact_id
    from survey_answers
    left join survey_invitations on survey_answers.invitation_id = survey_invitations.invitation_id
    where survey_answers.answer_text is not null
),

-- An answer belongs to its contact's day; without its contact it is an orphan, kept on the
-- day of the answer until the contact comes.
placed as (
    select
        invited.response_id,
        invited.question_code,
        invited.invitation_id,
        invited.asked_contact_id as contact_id,
        contacts.site_id,
        contacts.queue_id,
        contacts.channel_code,
        contacts.agent_id,
        contacts.team_id,
        contacts.reason_code,
        invited.scale_code,
        survey_scales.kind_code,
        survey_scales.minimum_number,
        survey_scales.maximum_number,
        survey_scales.is_high_good,
        survey_scales.box_count,
        survey_scales.yes_texts,
        survey_scales.no_texts,
        invited.answer_text,
        invited.answered_at,
        contacts.contact_id is null as is_orphan,
        coalesce(
            contacts.entered_date,
            {{ local_date(
                'coalesce(invited.answered_at, invited.completed_at, invited.updated_at)', 'defaults.zone_name'
            ) }},
            cast('1970-01-01' as date)
        ) as activity_date,
        invited.delivery_id
    from invited
    left join contacts on invited.asked_contact_id = contacts.contact_id
    left join survey_scales on invited.scale_code = survey_scales.scale_code
    cross join defaults
)

select * from placed
