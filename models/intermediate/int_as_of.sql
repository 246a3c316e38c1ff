with

contact_legs as (
    select * from {{ ref('int_contact_legs_unioned') }}
),

agents as (
    select * from {{ ref('int_agents_unioned') }}
),

survey_invitations as (
    select * from {{ ref('int_survey_invitations_unioned') }}
),

survey_answers as (
    select * from {{ ref('int_survey_answers_unioned') }}
),

selfcare_sessions as (
    select * from {{ ref('int_selfcare_sessions_unioned') }}
),

agent_days as (
    select * from {{ ref('int_agent_days_unioned') }}
),

sales as (
    select * from {{ ref('int_sales_unioned') }}
),

control_totals as (
    select * from {{ ref('int_control_totals_unioned') }}
),

tickets as (
    select * from {{ ref('int_tickets_unioned') }}
),

ticket_changes as (
    select * from {{ ref('int_ticket_changes_unioned') }}
),

site_zones as (
    select * from {{ ref('int_site_zones') }}
),

defaults as (
    select * from {{ ref('int_defaults') }}
),

-- The latest accepted instant of any row; the wall clock is never asked, so the same deliveries
-- give the same marts on any day.
accepted as (
    select
        min(entered_at) as earliest_at,
        max(entered_at) as latest_entered_at,
        greatest(max(ended_at), max(updated_at)) as latest_at
    from contact_legs
    union all
    select
        cast(null as timestamp) as earliest_at,
        cast(null as timestamp) as latest_entered_at,
        max(updated_at) as latest_at
    from agents
    union all
    select
        cast(null as timestamp) as earliest_at,
        cast(null as timestamp) as latest_entered_at,
        max(updated_at) as latest_at
    from survey_invitations
    union all
    select
        cast(null as timestamp) as earliest_at,
        cast(null as timestamp) as latest_entered_at,
        max(updated_at) as latest_at
    from survey_answers
    union all
    select
        cast(null as timestamp) as earliest_at,
        cast(null as timestamp) as latest_entered_at,
        greatest(max(ended_at), max(updated_at)) as latest_at
    from selfcare_sessions
    union all
    select
        cast(null as timestamp) as earliest_at,
        cast(null as timestamp) as latest_entered_at,
        max(updated_at) as latest_at
    from agent_days
    union all
    select
        cast(null as timestamp) as earliest_at,
        cast(null as timestamp) as latest_entered_at,
        max(updated_at) as latest_at
    from sales
    union all
    select
        cast(null as timestamp) as earliest_at,
        cast(null as timestamp) as latest_entered_at,
        max(updated_at) as latest_at
    from control_totals
    union all
    select
        cast(null as timestamp) as earliest_at,
        cast(null as timestamp) as latest_entered_at,
        max(updated_at) as latest_at
    from tickets
    union all
    select
        cast(null as timestamp) as earliest_at,
        cast(null as timestamp) as latest_entered_at,
        max(updated_at) as latest_at
    from ticket_changes
),

-- A day is over when it is over everywhere: in the zone that is furthest west.
zones as (
    select zone_name from site_zones
    union
    select zone_name from defaults
),

reached as (
    select
        min(earliest_at) as earliest_at,
        max(latest_entered_at) as latest_entered_at,
        coalesce({{ as_of_setting() }}, max(latest_at), max(latest_entered_at)) as as_of_at
    from accepted
)

select
    reached.earliest_at,
    reached.latest_entered_at,
    reached.as_of_at,
    min({{ local_date('reached.as_of_at', 'zones.zone_name') }}) as as_of_date
from reached
cross join zones
group by reached.earliest_at, reached.latest_entered_at, reached.as_of_at
