with

contact_legs as (
    select *
    from {{ ref('fct_contact_legs') }}
    where is_visit and is_answered and wait_seconds is not null
),

scoped as (
    select
        periods.period_code,
        {{ period_start('periods.period_code', 'contact_legs.entered_date') }} as period_start_date,
        scopes.scope_code,
        case scopes.scope_code when 'queue' then contact_legs.queue_id else 'company' end as scope_id,
        contact_legs.wait_seconds
    from contact_legs
    cross join {{ listed_codes('periods', 'period_code', ['week', 'month']) }}
    cross join {{ listed_codes('scopes', 'scope_code', ['company', 'queue']) }}
),

ranked as (
    select
        scoped.*,
        row_number() over (
            partition by period_code, period_start_date, scope_code, scope_id order by wait_seconds
        ) as wait_rank,
        count(*) over (partition by period_code, period_start_date, scope_code, scope_id) as wait_count
    from scoped
)

select
    period_code,
    period_start_date,
    scope_code,
    scope_id,
    cast(count(*) as bigint) as answered_wait_count,
    {{ exact_percentile('wait_seconds', 0.5) }} as p50_wait_seconds,
    {{ ranked_wait(quantile_low_rank('wait_count', 0.5)) }} as p50_wait_low,
    {{ ranked_wait(quantile_high_rank('wait_count', 0.5)) }} as p50_wait_high,
    {{ exact_percentile('wait_seconds', 0.9) }} as p90_wait_seconds,
    {{ ranked_wait(quantile_low_rank('wait_count', 0.9)) }} as p90_wait_low,
    {{ ranked_wait(quantile_high_rank('wait_count', 0.9)) }} as p90_wait_high,
    {{ exact_percentile('wait_seconds', 0.95) }} as p95_wait_seconds,
    {{ ranked_wait(quantile_low_rank('wait_count', 0.95)) }} as p95_wait_low,
    {{ ranked_wait(quantile_high_rank('wait_count', 0.95)) }} as p95_wait_high,
    max(wait_seconds) as longest_wait_seconds
from ranked
group by period_code, period_start_date, scope_code, scope_id
