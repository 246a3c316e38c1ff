with

kpi_targets as (
    select * from {{ source('lists', 'kpi_targets') }}
),

-- One target per KPI, member and day, whatever reason or priority it may also be given for.
targeted as (
    select
        kpi_id,
        coalesce(scope_code, 'company') as scope_code,
        case when coalesce(scope_code, 'company') = 'company' then 'company' else scope_id end as scope_id,
        coalesce(valid_from_date, cast('0001-01-01' as date)) as valid_from_date,
        max(target) as target
    from kpi_targets
    where target is not null and reason_code is null and priority_code is null
    group by
        kpi_id,
        coalesce(scope_code, 'company'),
        case when coalesce(scope_code, 'company') = 'company' then 'company' else scope_id end,
        coalesce(valid_from_date, cast('0001-01-01' as date))
)

select
    kpi_id,
    scope_code,
    scope_id,
    target,
    valid_from_date,
    coalesce(
        {{ add_days(
            'lead(valid_from_date) over (partition by kpi_id, scope_code, scope_id order by valid_from_date)', -1
        ) }},
        cast('9999-12-31' as date)
    ) as valid_to_date
from targeted
