with

agent_days as (
    {{ current_rows(ref('int_agent_days_unioned'), ref('int_agent_days_superseded')) }}
),

days_spent as (
    select * from {{ ref('int_agent_days_spent') }}
),

assignments_placed as (
    select * from {{ ref('int_agent_assignments_placed') }}
),

-- A day without a delivered row is an agent day too: its states are unknown, not zero.
joined as (
    select
        coalesce(agent_days.agent_id, days_spent.agent_id) as agent_id,
        coalesce(agent_days.work_date, days_spent.work_date) as work_date,
        agent_days.agent_id is not null as is_delivered,
        case
            when coalesce(days_spent.unmeasured_leg_count, 0) = 0 then coalesce(days_spent.busy_seconds, 0)
        end as busy_seconds,
        coalesce(days_spent.unmeasured_leg_count, 0) as unmeasured_leg_count,
        agent_days.idle_seconds,
        agent_days.paused_seconds,
        agent_days.logged_in_seconds,
        agent_days.paid_seconds,
        agent_days.planned_seconds,
        agent_days.absent_seconds
    from agent_days
    full join days_spent
        on agent_days.agent_id = days_spent.agent_id and agent_days.work_date = days_spent.work_date
)

-- Busy and idle are parts of the time logged in; what is more says that the feed of states and the
-- legs do not speak of the same agent, day or seconds. It is never capped.
select
    joined.agent_id,
    joined.work_date,
    assignments_placed.team_id,
    assignments_placed.site_id,
    joined.is_delivered,
    coalesce(joined.busy_seconds <= coalesce(joined.paid_seconds, joined.logged_in_seconds), true)
    and coalesce(
        joined.busy_seconds + coalesce(joined.idle_seconds, 0)
        <= joined.logged_in_seconds + {{ var('presence_tolerance_seconds') }},
        true
    ) as is_plausible,
    joined.busy_seconds,
    joined.unmeasured_leg_count,
    joined.idle_seconds,
    joined.paused_seconds,
    joined.logged_in_seconds,
    joined.paid_seconds,
    joined.planned_seconds,
    joined.absent_seconds
from joined
left join assignments_placed
    on
        joined.agent_id = assignments_placed.agent_id
        and joined.work_date between assignments_placed.valid_from_date and assignments_placed.valid_to_date
