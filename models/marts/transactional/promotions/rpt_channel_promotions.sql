with

channel_promotions as (
    select * from {{ ref('fct_channel_promotions') }}
    where is_adopted is not null
),

strata as (
    select
        {{ month_start('entered_date') }} as entered_month,
        reason_code,
        promoted_channel_code,
        {{ count_where('is_promoted') }} as promoted_count,
        {{ count_where('is_promoted and is_adopted') }} as adopted_count,
        {{ count_where('not is_promoted') }} as unpromoted_count,
        {{ count_where('not is_promoted and is_adopted') }} as unpromoted_adopted_count
    from channel_promotions
    group by {{ month_start('entered_date') }}, reason_code, promoted_channel_code
),

weighed as (
    select
        strata.*,
        {{ mantel_haenszel_points('adopted_count', 'promoted_count', 'unpromoted_adopted_count', 'unpromoted_count') }},
        min(entered_month) over () as first_month
    from strata
),

scoped as (
    select
        periods.period_code,
        case periods.period_code when 'month' then weighed.entered_month else weighed.first_month end
            as period_start_date,
        scopes.scope_code,
        case scopes.scope_code
            when 'company' then 'company'
            when 'channel' then weighed.promoted_channel_code
            when 'reason' then weighed.reason_code
        end as scope_id,
        weighed.*
    from weighed
    cross join {{ listed_codes('periods', 'period_code', ['month', 'all']) }}
    cross join {{ listed_codes('scopes', 'scope_code', ['company', 'channel', 'reason']) }}
),

pooled as (
    select
        period_code,
        period_start_date,
        scope_code,
        scope_id,
        {{ count_where('promoted_count > 0 and unpromoted_count > 0') }} as compared_stratum_count,
        {{ total('promoted_count') }} as promoted_count,
        {{ total('adopted_count') }} as adopted_count,
        {{ total('unpromoted_count') }} as unpromoted_count,
        {{ total('unpromoted_adopted_count') }} as unpromoted_adopted_count,
        {{ total_points('risk_gap_points') }} as risk_gap_points,
        {{ total_points('risk_weight_points') }} as risk_weight_points,
        {{ total_points('risk_slope_points') }} as risk_slope_points,
        {{ total_points('risk_spread_points') }} as risk_spread_points
    from scoped
    group by period_code, period_start_date, scope_code, scope_id
)

select
    period_code,
    period_start_date,
    scope_code,
    scope_id,
    compared_stratum_count,
    promoted_count,
    adopted_count,
    unpromoted_count,
    unpromoted_adopted_count,
    {{ ratio('adopted_count', 'promoted_count') }} as adoption_rate,
    {{ ratio('unpromoted_adopted_count', 'unpromoted_count') }} as unpromoted_adoption_rate,
    {{ mantel_haenszel_gap('risk_gap_points', 'risk_weight_points') }} as lift_gap,
    {{ mantel_haenszel_low('risk_gap_points', 'risk_weight_points', 'risk_slope_points', 'risk_spread_points') }}
        as lift_low,
    {{ mantel_haenszel_high('risk_gap_points', 'risk_weight_points', 'risk_slope_points', 'risk_spread_points') }}
        as lift_high
from pooled
