with

contact_legs as (
    select *
    from {{ ref('fct_contact_legs') }}
    where is_handled
),

scoped as (
    select
        periods.period_code,
        {{ period_start('periods.period_code', 'contact_legs.entered_date') }} as period_start_date,
        scopes.scope_code,
        case scopes.scope_code
            when 'queue' then coalesce(contact_legs.queue_id, 'unassigned')
            when 'team' then coalesce(contact_legs.team_id, 'unassigned')
            when 'reason' then coalesce(contact_legs.reason_code, 'unassigned')
            else 'company'
        end as scope_id,
        contact_legs.handle_seconds
    from contact_legs
    cross join {{ listed_codes('periods', 'period_code', ['week', 'month']) }}
    cross join {{ listed_codes('scopes', 'scope_code', ['company', 'queue', 'team', 'reason']) }}
),

ranked as (
    select
        scoped.*,
        row_number() over (
            partition by period_code, period_start_date, scope_code, scope_id order by handle_seconds
        ) as handle_rank,
        count(*) over (partition by period_code, period_start_date, scope_code, scope_id) as handle_count
    from scoped
)

select
    period_code,
    period_start_date,
    scope_code,
    scope_id,
    cast(count(*) as bigint) as handled_count,
    {{ exact_percentile('handle_seconds', 0.5) }} as p50_handle_seconds,
    {{ value_at_rank('handle_seconds', 'handle_rank', quantile_low_rank('handle_count', 0.5)) }} as p50_handle_low,
    {{ value_at_rank('handle_seconds', 'handle_rank', quantile_high_rank('handle_count', 0.5)) }} as p50_handle_high,
    {{ exact_percentile('handle_seconds', 0.9) }} as p90_handle_seconds,
    {{ value_at_rank('handle_seconds', 'handle_rank', quantile_low_rank('handle_count', 0.9)) }} as p90_handle_low,
    {{ value_at_rank('handle_seconds', 'handle_rank', quantile_high_rank('handle_count', 0.9)) }} as p90_handle_high
from ranked
group by period_code, period_start_date, scope_code, scope_id
