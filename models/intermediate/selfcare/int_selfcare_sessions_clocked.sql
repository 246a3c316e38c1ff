with

selfcare_sessions as (
    select * from {{ ref('int_selfcare_sessions_placed') }}
),

site_schedules as (
    select * from {{ ref('int_site_schedules') }}
),

opening_hours as (
    select * from {{ source('lists', 'opening_hours') }}
),

holidays as (
    select * from {{ source('lists', 'holidays') }}
),

-- A session has no queue: the calendars of all queues of its site are asked. Hours past midnight
-- belong to the day on which they open, so the day before is asked too.
clocked as (
    select
        selfcare_sessions.session_id,
        selfcare_sessions.started_at,
        site_schedules.calendar_code,
        site_schedules.zone_name,
        site_schedules.valid_from_date,
        site_schedules.next_from_date,
        {{ add_days(
            local_date('selfcare_sessions.started_at', 'site_schedules.zone_name'), '-days_before.day_count'
        ) }} as opened_date
    from selfcare_sessions
    inner join site_schedules on selfcare_sessions.site_id = site_schedules.site_id
    cross join (values (0), (1)) as days_before (day_count)
),

scheduled as (
    select session_id, started_at, calendar_code, zone_name, valid_from_date, opened_date
    from clocked
    where
        opened_date >= valid_from_date
        and (next_from_date is null or opened_date < next_from_date)
),

spanned as (
    select
        opened_days.calendar_code,
        opened_days.opened_date,
        {{ utc_instant(
            add_seconds('cast(opened_days.opened_date as timestamp)', 'opening_hours.opens_seconds'),
            'opened_days.zone_name'
        ) }} as opens_at,
        {{ utc_instant(
            add_seconds('cast(opened_days.opened_date as timestamp)', 'opening_hours.closes_seconds'),
            'opened_days.zone_name'
        ) }} as closes_at
    from (select distinct calendar_code, zone_name, valid_from_date, opened_date from scheduled) as opened_days
    inner join opening_hours
        on
            opened_days.calendar_code = opening_hours.calendar_code
            and opened_days.valid_from_date = coalesce(opening_hours.valid_from_date, cast('0001-01-01' as date))
            and {{ iso_weekday('opened_days.opened_date') }} = opening_hours.weekday_number
    left join holidays
        on
            opened_days.calendar_code = holidays.calendar_code
            and opened_days.opened_date = holidays.holiday_date
    where holidays.calendar_code is null
),

-- Unknown where no hours are in force on the day of the session.
opened as (
    select
        scheduled.session_id,
        bool_or(spanned.opens_at is not null) as is_open
    from scheduled
    left join spanned
        on
            scheduled.calendar_code = spanned.calendar_code
            and scheduled.opened_date = spanned.opened_date
            and scheduled.started_at >= spanned.opens_at
            and scheduled.started_at < spanned.closes_at
    group by scheduled.session_id
)

select session_id, not is_open as is_off_hours
from opened
