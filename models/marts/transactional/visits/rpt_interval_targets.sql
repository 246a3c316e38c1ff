with

queue_intervals as (
    select *
    from {{ ref('agg_queue_intervals') }}
    where service_level_counted_count > 0
),

targets as (
    select *
    from {{ ref('int_kpi_targets_dated') }}
    where kpi_id = 'service_level'
),

-- The target of the queue, else of the site, else of the centre, on the day of the half hour.
aimed as (
    select
        queue_intervals.entered_date,
        queue_intervals.queue_id,
        {{ ratio('queue_intervals.service_level_met_count', 'queue_intervals.service_level_counted_count') }}
        >= coalesce(
            queue_targets.target, site_targets.target, company_targets.target, {{ var('service_level_target') }}
        ) as is_at_target
    from queue_intervals
    left join targets as queue_targets
        on
            queue_targets.scope_code = 'queue'
            and queue_intervals.queue_id = queue_targets.scope_id
            and queue_intervals.entered_date between queue_targets.valid_from_date and queue_targets.valid_to_date
    left join targets as site_targets
        on
            site_targets.scope_code = 'site'
            and queue_intervals.site_id = site_targets.scope_id
            and queue_intervals.entered_date between site_targets.valid_from_date and site_targets.valid_to_date
    left join targets as company_targets
        on
            company_targets.scope_code = 'company'
            and queue_intervals.entered_date >= company_targets.valid_from_date
            and queue_intervals.entered_date <= company_targets.valid_to_date
),

counted as (
    select
        periods.period_code,
        {{ period_start('periods.period_code', 'aimed.entered_date') }} as period_start_date,
        scopes.scope_code,
        case scopes.scope_code when 'queue' then aimed.queue_id else 'company' end as scope_id,
        cast(count(*) as bigint) as interval_count,
        {{ count_where('aimed.is_at_target') }} as at_target_count
    from aimed
    cross join {{ listed_codes('periods', 'period_code', ['week', 'month']) }}
    cross join {{ listed_codes('scopes', 'scope_code', ['company', 'queue']) }}
    group by
        periods.period_code,
        {{ period_start('periods.period_code', 'aimed.entered_date') }},
        scopes.scope_code,
        case scopes.scope_code when 'queue' then aimed.queue_id else 'company' end
)

select
    period_code,
    period_start_date,
    scope_code,
    scope_id,
    interval_count,
    at_target_count,
    {{ ratio('at_target_count', 'interval_count') }} as at_target_share
from counted
