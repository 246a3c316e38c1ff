with

kpi_targets as (
    select * from {{ source('lists', 'kpi_targets') }}
),

scoped as (
    select
        coalesce(scope_code, 'company') as scope_code,
        case when coalesce(scope_code, 'company') = 'company' then 'company' else scope_id end as scope_id,
        coalesce(valid_from_date, cast('0001-01-01' as date)) as valid_from_date,
        threshold_seconds
    from kpi_targets
    where kpi_id = 'short_abandon_rate' and threshold_seconds is not null
),

-- One threshold per member and day: of two rows for the same day the longer one stands.
dated as (
    select scope_code, scope_id, valid_from_date, max(threshold_seconds) as threshold_seconds
    from scoped
    where scope_code in ('queue', 'site', 'company')
    group by scope_code, scope_id, valid_from_date
)

select
    scope_code,
    scope_id,
    threshold_seconds,
    valid_from_date,
    coalesce(
        {{ add_days('lead(valid_from_date) over (partition by scope_code, scope_id order by valid_from_date)', -1) }},
        cast('9999-12-31' as date)
    ) as valid_to_date
from dated
