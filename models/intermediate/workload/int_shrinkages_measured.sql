with

agent_days as (
    select *
    from {{ ref('fct_agent_days') }}
    where
        site_id is not null
        and paid_seconds is not null
        and logged_in_seconds is not null
        and paused_seconds is not null
),

weeks as (
    select * from {{ ref('int_workload_weeks') }}
)

select
    agent_days.site_id,
    {{ total('agent_days.logged_in_seconds - agent_days.paused_seconds') }} as present_seconds,
    {{ total('agent_days.paid_seconds') }} as paid_seconds
from agent_days
inner join weeks
    on agent_days.work_date >= weeks.first_date and agent_days.work_date < weeks.end_date
group by agent_days.site_id
