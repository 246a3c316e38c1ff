with

contact_legs as (
    select *
    from {{ ref('fct_contact_legs') }}
    where is_offered or (is_visit and outcome_code = 'lost_record')
),

scoped as (
    select
        periods.period_code,
        {{ period_start('periods.period_code', 'contact_legs.entered_date') }} as period_start_date,
        scopes.scope_code,
        case scopes.scope_code when 'queue' then contact_legs.queue_id else 'company' end as scope_id,
        contact_legs.is_offered,
        contact_legs.is_one_sided is true as is_one_sided,
        contact_legs.is_abandoned,
        contact_legs.is_within_threshold
    from contact_legs
    cross join {{ listed_codes('periods', 'period_code', ['week', 'month']) }}
    cross join {{ listed_codes('scopes', 'scope_code', ['company', 'queue']) }}
),

-- An abandon whose wait nobody knows is in neither sum, nor what came without those who left; a
-- lost record may have been one.
counted as (
    select
        period_code,
        period_start_date,
        scope_code,
        scope_id,
        {{ count_where('is_offered') }} as offered_count,
        {{ count_where('is_abandoned') }} as abandoned_count,
        {{ count_where(
            'is_offered and not is_one_sided and not (is_abandoned and is_within_threshold is null)'
        ) }} as counted_count,
        {{ count_where('is_abandoned and not is_one_sided and not is_within_threshold') }} as late_abandoned_count,
        {{ count_where('is_offered and is_one_sided') }} as one_sided_count,
        {{ ratio(
            count_where('is_offered and not is_one_sided and not (is_abandoned and is_within_threshold is null)'),
            'count(*)'
        ) }} as input_share,
        cast(count(*) as bigint) as visit_count
    from scoped
    group by period_code, period_start_date, scope_code, scope_id
)

select
    period_code,
    period_start_date,
    scope_code,
    scope_id,
    offered_count,
    abandoned_count,
    counted_count,
    late_abandoned_count,
    input_share,
    case when input_share >= 0.8 then {{ ratio('late_abandoned_count', 'counted_count') }} end
        as late_abandoned_share,
    case when input_share >= 0.8 then {{ wilson_low('late_abandoned_count', 'counted_count') }} end
        as late_abandoned_low,
    case when input_share >= 0.8 then {{ wilson_high('late_abandoned_count', 'counted_count') }} end
        as late_abandoned_high,
    case
        when 5 * one_sided_count > visit_count then 'answered_only'
        when input_share < 0.8 then 'no_wait'
    end as reason_code
from counted
