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

-- A day on which an agent was there has ended; a planned one may be still to come.
agent_days_ended as (
    select
        agent_days.updated_at,
        case
            when greatest(agent_days.logged_in_seconds, agent_days.idle_seconds, agent_days.paused_seconds) > 0
                then {{ utc_instant(
                    'cast(' ~ add_days('agent_days.work_date', 1) ~ ' as timestamp)', 'defaults.zone_name'
                ) }}
        end as ended_at
    from agent_days
    cross join defaults
),

-- The latest instant that the rows tell of their past; the wall clock is never asked, so that the
-- same deliveries give the same marts on any day. Promises, plans and days of validity are no past;
-- a sale may be cancelled from a day to come, unless the date of its file says that it is over.
accepted as (
    select
        min(entered_at) as earliest_at,
        max(entered_at) as latest_entered_at,
        max({{ row_reached(['contact_started_at', 'entered_at', 'answered_at', 'transferred_at', 'ended_at']) }})
            as latest_at
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
        max({{ row_reached(['sent_at', 'delivered_at', 'opened_at']) }}) as latest_at
    from survey_invitations
    union all
    select
        cast(null as timestamp) as earliest_at,
        cast(null as timestamp) as latest_entered_at,
        max({{ row_reached(['started_at', 'answered_at', 'completed_at']) }}) as latest_at
    from survey_answers
    union all
    select
        cast(null as timestamp) as earliest_at,
        cast(null as timestamp) as latest_entered_at,
        max({{ row_reached(['sent_at', 'started_at', 'ended_at']) }}) as latest_at
    from selfcare_sessions
    union all
    select
        cast(null as timestamp) as earliest_at,
        cast(null as timestamp) as latest_entered_at,
        max({{ row_reached(['ended_at']) }}) as latest_at
    from agent_days_ended
    union all
    select
        cast(null as timestamp) as earliest_at,
        cast(null as timestamp) as latest_entered_at,
        max({{ row_reached([
            'sold_at', 'case when cast(cancelled_at as date) <= delivered_date then cancelled_at end'
        ]) }}) as latest_at
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
        max({{ row_reached(['created_at', 'first_human_reply_at', 'resolved_at']) }}) as latest_at
    from tickets
    union all
    select
        cast(null as timestamp) as earliest_at,
        cast(null as timestamp) as latest_entered_at,
        max({{ row_reached(['changed_at']) }}) as latest_at
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
        coalesce({{ as_of_setting() }}, max(latest_at)) as as_of_at
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
