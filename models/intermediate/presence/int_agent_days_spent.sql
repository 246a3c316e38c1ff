with

agent_legs as (
    select * from {{ ref('int_agent_legs_placed') }}
),

-- Only legs that pass a local midnight have more than one row.
passed as (
    select
        agent_legs.*,
        {{ number_series('0', 'passed_midnight_count') }} as passed_number
    from (
        select
            agent_legs.*,
            cast(floor({{ ratio(
                seconds_between('cast(begun_date as timestamp)', 'cast(finished_date as timestamp)'), '86400'
            ) }}) as bigint) as passed_midnight_count
        from agent_legs
        where finished_date > begun_date
    ) as agent_legs
),

-- Whole seconds of the leg that were over when each of its days began and ended.
bounded as (
    select
        agent_id,
        {{ add_days('begun_date', 'passed_number') }} as work_date,
        handle_seconds,
        case
            when passed_number = 0 then 0
            else {{ seconds_between(
                'begun_at',
                utc_instant('cast(' ~ add_days('begun_date', 'passed_number') ~ ' as timestamp)', 'zone_name')
            ) }}
        end as before_seconds,
        case
            when passed_number = passed_midnight_count then handle_seconds
            else {{ seconds_between(
                'begun_at',
                utc_instant('cast(' ~ add_days('begun_date', 'passed_number + 1') ~ ' as timestamp)', 'zone_name')
            ) }}
        end as until_seconds
    from passed
),

spent as (
    select agent_id, begun_date as work_date, handle_seconds as busy_seconds
    from agent_legs
    where finished_date = begun_date
    union all
    select agent_id, work_date, until_seconds - before_seconds as busy_seconds
    from bounded
)

select
    agent_id,
    work_date,
    {{ total_where('busy_seconds', 'busy_seconds is not null') }} as busy_seconds,
    {{ count_where('busy_seconds is null') }} as unmeasured_leg_count
from spent
group by agent_id, work_date
