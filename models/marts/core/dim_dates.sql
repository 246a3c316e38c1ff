with

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- A day more at both ends: a local day may lie beside its UTC day.
calendar as (
    {{ days_between(
        add_days("(select coalesce(cast(min(earliest_at) as date), cast('2020-01-01' as date)) from as_of)", -1),
        add_days("(select coalesce(cast(max(latest_entered_at) as date), cast('2020-01-01' as date)) from as_of)", 1)
    ) }}
)

select
    calendar_date,
    {{ week_start('calendar_date') }} as calendar_week,
    {{ month_start('calendar_date') }} as calendar_month,
    {{ iso_weekday('calendar_date') }} as weekday_number
from calendar
