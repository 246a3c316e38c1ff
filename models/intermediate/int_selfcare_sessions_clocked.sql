with

selfcare_sessions as (
    select * from {{ ref('int_selfcare_sessions_placed') }}
),

queues as (
    select * from {{ source('lists', 'queues') }}
),

opening_hours as (
    select * from {{ source('lists', 'opening_hours') }}
),

holidays as (
    select * from {{ source('lists', 'holidays') }}
),

defaults as (
    select * from {{ ref('int_defaults') }}
),

-- One row per calendar and span of days in which one set of its hours holds.
schedules as (
    select
        opening_hours.calendar_code,
        coalesce(max(opening_hours.zone_name), defaults.zone_name) as zone_name,
        coalesce(opening_hours.valid_from_date, cast('0001-01-01' as date)) as valid_from_date,
        lead(coalesce(opening_hours.valid_from_date, cast('0001-01-01' as date))) over (
            partition by opening_hours.calendar_code
            order by coalesce(opening_hours.valid_from_date, cast('0001-01-01' as date))
        ) as next_from_date
    from opening_hours
    cross join defaults
    group by
        opening_hours.calendar_code,
        coalesce(opening_hours.valid_from_date, cast('0001-01-01' as date)),
        defaults.zone_name
),

-- A session has no queue: the calendars of all queues of its site are asked.
site_schedules as (
    select distinct
        coalesce(queues.site_id, defaults.site_id) as site_id,
        schedules.calendar_code,
        schedules.zone_name,
        schedules.valid_from_date,
        schedules.next_from_date
    from queues
    cross join defaults
    inner join schedules on queues.calendar_code = schedules.calendar_code
),

clocked as (
    select
        selfcare_sessions.session_id,
        site_schedules.calendar_code,
        site_schedules.valid_from_date,
        site_schedules.next_from_date,
        {{ local_instant('selfcare_sessions.started_at', 'site_schedules.zone_name') }} as local_started_at,
        {{ local_date('selfcare_sessions.started_at', 'site_schedules.zone_name') }} as local_started_date
    from selfcare_sessions
    inner join site_schedules on selfcare_sessions.site_id = site_schedules.site_id
),

opened as (
    select
        clocked.session_id,
        bool_or(opening_hours.calendar_code is not null and holidays.calendar_code is null) as is_open
    from clocked
    left join opening_hours
        on
            clocked.calendar_code = opening_hours.calendar_code
            and clocked.valid_from_date = coalesce(opening_hours.valid_from_date, cast('0001-01-01' as date))
            and {{ iso_weekday('clocked.local_started_date') }} = opening_hours.weekday_number
            and {{ seconds_between('cast(clocked.local_started_date as timestamp)', 'clocked.local_started_at') }}
            >= opening_hours.opens_seconds
            and {{ seconds_between('cast(clocked.local_started_date as timestamp)', 'clocked.local_started_at') }}
            < opening_hours.closes_seconds
    left join holidays
        on
            clocked.calendar_code = holidays.calendar_code
            and clocked.local_started_date = holidays.holiday_date
    where
        clocked.local_started_date >= clocked.valid_from_date
        and (clocked.next_from_date is null or clocked.local_started_date < clocked.next_from_date)
    group by clocked.session_id
)

select session_id, not is_open as is_off_hours
from opened
