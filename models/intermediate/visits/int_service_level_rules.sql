with

kpi_targets as (
    select * from {{ source('lists', 'kpi_targets') }}
),

scoped as (
    select
        coalesce(scope_code, 'company') as scope_code,
        case when coalesce(scope_code, 'company') = 'company' then 'company' else scope_id end as scope_id,
        coalesce(valid_from_date, cast('0001-01-01' as date)) as valid_from_date,
        threshold_seconds,
        case when threshold_seconds is not null then coalesce(clock_code, '') end as clock_code,
        policy_code
    from kpi_targets
    where
        kpi_id = 'service_level'
        and (threshold_seconds is not null or policy_code is not null)
        and reason_code is null
        and priority_code is null
),

-- One rule per member and day: of two rows for the same day the longer threshold stands.
dated as (
    select
        scope_code,
        scope_id,
        valid_from_date,
        max(threshold_seconds) as threshold_seconds,
        max(clock_code) as clock_code,
        max(policy_code) as policy_code
    from scoped
    where scope_code in ('queue', 'site', 'company')
    group by scope_code, scope_id, valid_from_date
),

-- A row may change only the threshold or only the policy: the other one goes on.
numbered as (
    select
        dated.*,
        count(threshold_seconds) over (
            partition by scope_code, scope_id order by valid_from_date
            rows between unbounded preceding and current row
        ) as threshold_rank,
        count(policy_code) over (
            partition by scope_code, scope_id order by valid_from_date
            rows between unbounded preceding and current row
        ) as policy_rank,
        lead(valid_from_date) over (partition by scope_code, scope_id order by valid_from_date) as next_date
    from dated
)

select
    scope_code,
    scope_id,
    max(threshold_seconds) over (partition by scope_code, scope_id, threshold_rank) as threshold_seconds,
    nullif(max(clock_code) over (partition by scope_code, scope_id, threshold_rank), '') as clock_code,
    max(policy_code) over (partition by scope_code, scope_id, policy_rank) as policy_code,
    valid_from_date,
    coalesce({{ add_days('next_date', -1) }}, cast('9999-12-31' as date)) as valid_to_date
from numbered
