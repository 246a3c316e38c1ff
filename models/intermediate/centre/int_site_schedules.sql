with

queues as (
    select * from {{ source('lists', 'queues') }}
),

opening_hours as (
    select * from {{ source('lists', 'opening_hours') }}
),

defaults as (
    select * from {{ ref('int_defaults') }}
),

-- One row per calendar and span of days in which one set of its hours holds.
scheduled as (
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
)

select distinct
    coalesce(queues.site_id, defaults.site_id) as site_id,
    scheduled.calendar_code,
    scheduled.zone_name,
    scheduled.valid_from_date,
    scheduled.next_from_date
from queues
cross join defaults
inner join scheduled on queues.calendar_code = scheduled.calendar_code
