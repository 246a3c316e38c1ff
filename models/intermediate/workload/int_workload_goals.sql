with

kpi_targets as (
    select *
    from {{ source('lists', 'kpi_targets') }}
    where kpi_id = 'service_level' and reason_code is null and priority_code is null
),

queues as (
    select * from {{ ref('dim_queues') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

defaults as (
    select * from {{ ref('int_defaults') }}
),

-- One goal per member and day on which it began to hold, the stricter one if the list has two.
dated as (
    select
        coalesce(kpi_targets.scope_code, 'company') as scope_code,
        case when coalesce(kpi_targets.scope_code, 'company') = 'company' then 'company' else kpi_targets.scope_id end
            as scope_id,
        coalesce(kpi_targets.valid_from_date, cast('0001-01-01' as date)) as valid_from_date,
        max(kpi_targets.target) as target,
        min(kpi_targets.threshold_seconds) as threshold_seconds
    from kpi_targets
    cross join as_of
    where coalesce(kpi_targets.valid_from_date, cast('0001-01-01' as date)) <= as_of.as_of_date
    group by
        coalesce(kpi_targets.scope_code, 'company'),
        case when coalesce(kpi_targets.scope_code, 'company') = 'company' then 'company' else kpi_targets.scope_id end,
        coalesce(kpi_targets.valid_from_date, cast('0001-01-01' as date))
),

ranked as (
    select
        dated.*,
        row_number() over (
            partition by scope_code, scope_id, target is null order by valid_from_date desc
        ) as target_rank,
        row_number() over (
            partition by scope_code, scope_id, threshold_seconds is null order by valid_from_date desc
        ) as threshold_rank
    from dated
),

goals as (
    select
        scope_code,
        scope_id,
        max(case when target_rank = 1 then target end) as target,
        max(case when threshold_rank = 1 then threshold_seconds end) as threshold_seconds
    from ranked
    group by scope_code, scope_id
)

select
    queues.queue_id,
    coalesce(queues.site_id, defaults.site_id) as site_id,
    coalesce(queue_goals.target, site_goals.target, company_goals.target, {{ var('service_level_target') }}) as target,
    coalesce(
        queue_goals.threshold_seconds,
        site_goals.threshold_seconds,
        company_goals.threshold_seconds,
        {{ var('service_level_seconds') }}
    ) as threshold_seconds
from queues
cross join defaults
left join goals as queue_goals
    on queue_goals.scope_code = 'queue' and queues.queue_id = queue_goals.scope_id
left join goals as site_goals
    on site_goals.scope_code = 'site' and coalesce(queues.site_id, defaults.site_id) = site_goals.scope_id
left join goals as company_goals on company_goals.scope_code = 'company'
