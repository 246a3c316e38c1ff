with

opening_hours as (
    select * from {{ source('lists', 'opening_hours') }}
),

defaults as (
    select * from {{ ref('int_defaults') }}
)

select
    opening_hours.calendar_code,
    opening_hours.weekday_number,
    opening_hours.opens_seconds,
    opening_hours.closes_seconds,
    opening_hours.valid_from_date,
    coalesce(opening_hours.zone_name, defaults.zone_name) as zone_name
from opening_hours
cross join defaults
