with

deliveries as (
    select * from {{ ref('int_new_deliveries') }}
),

touched_contacts as (
    select * from {{ ref('int_touched_contacts') }}
),

build as (
    select * from {{ source('home', 'build') }}
),

answers as (
    select * from {{ ref('int_survey_answers_placed') }}
),

built_answers as (
    {{ built_fact('fct_survey_answers', {
        'response_id': 'string', 'invitation_id': 'string', 'contact_id': 'string',
        'is_orphan': 'boolean', 'activity_date': 'date'
    }) }}
),

survey_answers as (
    select response_id, question_code, invitation_id, delivery_id
    from {{ ref('int_survey_answers_unioned') }}
),

survey_invitations as (
    select * from {{ ref('int_survey_invitations_unioned') }}
),

contacts as (
    select * from {{ ref('fct_contacts') }}
),

touched_days as (
    select * from {{ ref('int_touched_days') }}
),

unfinished_days as (
    select * from {{ source('home', 'unfinished_days') }}
    where fact_code = 'survey_answers'
),

-- Answers with a new version, or whose invitation or contact has one: a contact that turns out to
-- be a test leaves its answer behind as an orphan, on another day. All answers of a response go
-- together, because one of them may complete it.
delivered as (
    select answers.response_id
    from answers
    inner join touched_contacts on answers.contact_id = touched_contacts.contact_id
    union
    select survey_answers.response_id
    from survey_answers
    inner join deliveries on survey_answers.delivery_id = deliveries.delivery_id
    where not deliveries.is_full_build
    union
    select survey_answers.response_id
    from survey_answers
    inner join survey_invitations on survey_answers.invitation_id = survey_invitations.invitation_id
    inner join deliveries on survey_invitations.delivery_id = deliveries.delivery_id
    where not deliveries.is_full_build
),

found as (
    select built_answers.activity_date as touched_date
    from built_answers
    inner join contacts on built_answers.contact_id = contacts.contact_id
    where built_answers.is_orphan
),

affected as (
    select answers.invitation_id, answers.contact_id, answers.activity_date
    from answers
    inner join delivered on answers.response_id = delivered.response_id
    union
    select built_answers.invitation_id, built_answers.contact_id, built_answers.activity_date
    from built_answers
    inner join delivered on built_answers.response_id = delivered.response_id
),

-- The other responses to their invitations and about their contacts, now and in the last build:
-- which of them was completed first may have changed.
touched as (
    select touched_date from touched_days
    union
    select activity_date as touched_date from affected
    union
    select answers.activity_date as touched_date
    from answers
    inner join affected on answers.invitation_id = affected.invitation_id
    union
    select answers.activity_date as touched_date
    from answers
    inner join affected on answers.contact_id = affected.contact_id
    union
    select touched_date from found
    union
    select unfinished_days.touched_date
    from unfinished_days
    union
    select answers.activity_date as touched_date
    from answers
    inner join build on build.is_full
)

select 'survey_answers' as fact_code, touched_date
from touched
