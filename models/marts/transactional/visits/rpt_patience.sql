with

contact_legs as (
    select *
    from {{ ref('fct_contact_legs') }}
    where
        is_visit
        and wait_seconds is not null
        and outcome_code not in ('in_progress', 'lost_record')
        and is_one_sided is not true
),

watched as (
    select
        periods.period_code,
        {{ period_start('periods.period_code', 'contact_legs.entered_date') }} as period_start_date,
        scopes.scope_code,
        case scopes.scope_code when 'queue' then contact_legs.queue_id else 'company' end as scope_id,
        contact_legs.wait_seconds,
        contact_legs.is_abandoned or contact_legs.outcome_code = 'short_abandon' as is_event
    from contact_legs
    cross join {{ listed_codes('periods', 'period_code', ['week', 'month']) }}
    cross join {{ listed_codes('scopes', 'scope_code', ['company', 'queue']) }}
),

moments as (
    {{ kaplan_meier_moments(
        'watched', ['period_code', 'period_start_date', 'scope_code', 'scope_id'], 'wait_seconds', 'is_event',
        [0, 20, 60, 120]
    ) }}
)

-- Beyond the longest wait nobody was watched, and the curve says nothing unless it reached 0. The
-- median leaves room for the last bits of a product of many shares.
select
    period_code,
    period_start_date,
    scope_code,
    scope_id,
    max(at_risk_count) as visit_count,
    {{ total('event_count') }} as abandon_count,
    min(case when event_count > 0 and survival_probability <= 0.5 + 1e-12 then event_seconds end)
        as median_patience_seconds,
    {{ patient_share(20, 'survival_probability') }} as patience_20_share,
    {{ patient_share(20, 'survival_low') }} as patience_20_low,
    {{ patient_share(20, 'survival_high') }} as patience_20_high,
    {{ patient_share(60, 'survival_probability') }} as patience_60_share,
    {{ patient_share(60, 'survival_low') }} as patience_60_low,
    {{ patient_share(60, 'survival_high') }} as patience_60_high,
    {{ patient_share(120, 'survival_probability') }} as patience_120_share,
    {{ patient_share(120, 'survival_low') }} as patience_120_low,
    {{ patient_share(120, 'survival_high') }} as patience_120_high
from moments
group by period_code, period_start_date, scope_code, scope_id
