with

contact_legs as (
    select * from {{ ref('int_contact_legs_unioned') }}
),

survey_answers as (
    select * from {{ ref('int_survey_answers_unioned') }}
),

survey_invitations as (
    select * from {{ ref('int_survey_invitations_unioned') }}
),

-- The wall clock is never asked: the same deliveries give the same marts on any day.
accepted as (
    select
        min(entered_at) as earliest_at,
        max(greatest(entered_at, coalesce(ended_at, entered_at), coalesce(updated_at, entered_at))) as latest_at
    from contact_legs
    union all
    select
        cast(null as timestamp) as earliest_at,
        max(greatest(coalesce(completed_at, answered_at), coalesce(updated_at, answered_at))) as latest_at
    from survey_answers
    union all
    select
        cast(null as timestamp) as earliest_at,
        max(greatest(sent_at, coalesce(updated_at, sent_at))) as latest_at
    from survey_invitations
)

select
    min(earliest_at) as earliest_at,
    coalesce({{ as_of_setting() }}, max(latest_at)) as as_of_at
from accepted
