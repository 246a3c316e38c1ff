with

agents as (
    select * from {{ ref('dim_agents') }}
),

teams as (
    select * from {{ ref('dim_teams') }}
),

contact_legs as (
    select * from {{ ref('fct_contact_legs') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- Whole months from the first contact on, as its current version has it; the last one as far as it
-- is known.
calendar as (
    {{ days_between(
        '(select '
        ~ month_start('coalesce(min(contact_legs.entered_date), min(as_of.as_of_date))')
        ~ ' from as_of left join contact_legs'
        ~ ' on not contact_legs.is_test and contact_legs.entered_date <= as_of.as_of_date)',
        '(select as_of_date from as_of)'
    ) }}
),

-- The site of someone who left is that of their last assignment begun by then.
leavings as (
    select
        leavers.agent_id,
        leavers.left_date,
        coalesce(agents.site_id, teams.site_id) as site_id,
        row_number() over (
            partition by leavers.agent_id, leavers.left_date order by agents.valid_from_date desc
        ) as assignment_rank
    from (
        select distinct agents.agent_id, agents.left_date
        from agents
        cross join as_of
        where agents.left_date <= as_of.as_of_date
    ) as leavers
    left join agents
        on leavers.agent_id = agents.agent_id and agents.valid_from_date <= leavers.left_date
    left join teams on agents.team_id = teams.team_id
),

counted as (
    select
        {{ month_start('calendar.calendar_date') }} as turnover_month,
        coalesce(agents.site_id, teams.site_id) as site_id,
        1 as agent_day_count,
        0 as left_count
    from agents
    inner join calendar
        on
            calendar.calendar_date between agents.valid_from_date and agents.valid_to_date
            and calendar.calendar_date <= coalesce(agents.left_date, agents.valid_to_date)
    left join teams on agents.team_id = teams.team_id
    union all
    select
        {{ month_start('left_date') }} as turnover_month,
        site_id,
        0 as agent_day_count,
        1 as left_count
    from leavings
    where assignment_rank = 1
),

scoped as (
    select
        counted.turnover_month,
        scopes.scope_code,
        case scopes.scope_code when 'company' then 'company' else coalesce(counted.site_id, 'unassigned') end
            as scope_id,
        {{ total('counted.left_count') }} as left_count,
        {{ total('counted.agent_day_count') }} as agent_day_count
    from counted
    cross join {{ listed_codes('scopes', 'scope_code', ['company', 'site']) }}
    group by
        counted.turnover_month,
        scopes.scope_code,
        case scopes.scope_code when 'company' then 'company' else coalesce(counted.site_id, 'unassigned') end
)

select
    scoped.turnover_month,
    scoped.scope_code,
    scoped.scope_id,
    scoped.left_count,
    scoped.agent_day_count,
    months.day_count,
    {{ ratio('scoped.left_count * months.day_count', 'scoped.agent_day_count') }} as turnover_rate,
    {{ add_months('scoped.turnover_month', 1) }} <= as_of.as_of_date as is_final
from scoped
inner join (
    select {{ month_start('calendar_date') }} as turnover_month, cast(count(*) as bigint) as day_count
    from calendar
    group by {{ month_start('calendar_date') }}
) as months
    on scoped.turnover_month = months.turnover_month
cross join as_of
