with

agent_days as (
    select * from {{ ref('fct_agent_days') }}
),

-- Seconds paid where they are known, else logged in; an implausible day has no busy seconds.
measured as (
    select
        agent_days.*,
        case when is_plausible then busy_seconds + idle_seconds end as working_seconds,
        case when is_plausible and busy_seconds is not null then coalesce(paid_seconds, logged_in_seconds) end
            as employed_seconds,
        case when absent_seconds is not null then planned_seconds end as scheduled_seconds
    from agent_days
),

keyed as (
    select
        work_date as entered_date,
        {{ member('site_id') }},
        {{ member('team_id') }},
        cast(count(*) as bigint) as agent_day_count,
        {{ count_where('working_seconds is not null') }} as occupancy_count,
        {{ total_where('busy_seconds', 'working_seconds is not null') }} as occupied_seconds,
        {{ total_where('working_seconds', 'working_seconds is not null') }} as working_seconds,
        {{ count_where('employed_seconds is not null') }} as utilisation_count,
        {{ total_where('busy_seconds', 'employed_seconds is not null') }} as utilised_seconds,
        {{ total_where('employed_seconds', 'employed_seconds is not null') }} as employed_seconds,
        {{ count_where('scheduled_seconds is not null') }} as absence_count,
        {{ total_where('absent_seconds', 'scheduled_seconds is not null') }} as absent_seconds,
        {{ total_where('scheduled_seconds', 'scheduled_seconds is not null') }} as scheduled_seconds
    from measured
    group by work_date, {{ members(['site_id', 'team_id']) }}
)

select * from keyed
