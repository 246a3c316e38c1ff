with

contact_legs as (
    select * from {{ ref('fct_contact_legs') }}
),

site_zones as (
    select * from {{ ref('int_site_zones') }}
),

defaults as (
    select * from {{ ref('int_defaults') }}
),

weeks as (
    select * from {{ ref('int_workload_weeks') }}
),

kinds as (
    select * from {{ ref('channel_kinds') }}
    where is_deferred
),

-- Nobody waits in line on a deferred channel: no queueing formula speaks of it.
arrived as (
    select
        contact_legs.queue_id,
        contact_legs.outcome_code,
        contact_legs.is_handled,
        contact_legs.handle_seconds,
        contact_legs.wait_seconds,
        weeks.week_count,
        {{ iso_weekday('contact_legs.entered_date') }} as weekday_number,
        {{ seconds_between(
            'cast(contact_legs.entered_date as timestamp)',
            local_instant('contact_legs.entered_at', 'coalesce(site_zones.zone_name, defaults.zone_name)')
        ) }} as clock_seconds
    from contact_legs
    inner join weeks
        on contact_legs.entered_date >= weeks.first_date and contact_legs.entered_date < weeks.end_date
    left join site_zones on contact_legs.site_id = site_zones.site_id
    left join kinds on contact_legs.channel_code = kinds.channel_code
    cross join defaults
    where
        contact_legs.is_visit
        and contact_legs.half_hour_at is not null
        and (contact_legs.is_offered or contact_legs.outcome_code = 'short_abandon')
        and kinds.channel_code is null
),

counted as (
    select
        queue_id,
        weekday_number,
        clock_seconds - clock_seconds % 1800 as starts_seconds,
        week_count,
        cast(count(*) as bigint) as arrival_count,
        {{ count_where('is_handled') }} as handled_count,
        {{ total_where('handle_seconds', 'is_handled') }} as handle_seconds,
        {{ count_where(
            "wait_seconds is not null and outcome_code in ('abandoned', 'abandoned_ringing', 'short_abandon')"
        ) }} as abandoned_count,
        {{ total_where('wait_seconds', 'wait_seconds is not null') }} as waited_seconds
    from arrived
    group by queue_id, weekday_number, clock_seconds - clock_seconds % 1800, week_count
),

queued as (
    select
        queue_id,
        {{ total('handled_count') }} as handled_count,
        {{ total('handle_seconds') }} as handle_seconds,
        {{ total('abandoned_count') }} as abandoned_count,
        {{ total('waited_seconds') }} as waited_seconds
    from counted
    group by queue_id
)

select
    counted.queue_id,
    counted.weekday_number,
    counted.starts_seconds,
    counted.week_count,
    counted.arrival_count,
    counted.handled_count < {{ var('workload_least_count') }} as is_queue_handle,
    case
        when counted.handled_count < {{ var('workload_least_count') }} then queued.handled_count
        else counted.handled_count
    end as handled_count,
    case
        when counted.handled_count < {{ var('workload_least_count') }} then queued.handle_seconds
        else counted.handle_seconds
    end as handle_seconds,
    queued.abandoned_count,
    queued.waited_seconds
from counted
inner join queued on counted.queue_id = queued.queue_id
