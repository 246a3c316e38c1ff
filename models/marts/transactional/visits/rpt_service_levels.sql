with

contact_legs as (
    select *
    from {{ ref('fct_contact_legs') }}
    where is_visit
),

policies as (
    select * from {{ ref('service_level_policies') }}
),

daily as (
    select
        entered_date,
        {{ member('site_id') }},
        {{ member('queue_id') }},
        {{ member('channel_code') }},
        {{ member('entry_reason_code') }},
        service_level_outcome_code,
        service_level_policy_code,
        service_level_seconds,
        {{ count_where('is_one_sided is not true') }} as visit_count,
        {{ count_where('is_one_sided is not true and is_within_threshold') }} as within_count,
        {{ count_where('is_one_sided is not true and is_within_threshold is null') }} as unknown_count,
        {{ count_where('is_one_sided') }} as one_sided_count
    from contact_legs
    group by
        entered_date,
        {{ members(['site_id', 'queue_id', 'channel_code', 'entry_reason_code']) }},
        service_level_outcome_code,
        service_level_policy_code,
        service_level_seconds
),

-- Every policy over the same counts: the visits of one outcome are a few rows per period. A threshold
-- that nobody knows stands as -1, so that it is not the same as a known one.
summed as (
    select
        periods.period_code,
        {{ period_start('periods.period_code', 'daily.entered_date') }} as period_start_date,
        scopes.scope_code,
        {{ visit_scope_member('scopes.scope_code') }} as scope_id,
        daily.service_level_outcome_code as outcome_code,
        min(daily.service_level_policy_code) as first_policy_code,
        max(daily.service_level_policy_code) as last_policy_code,
        min(coalesce(daily.service_level_seconds, -1)) as least_seconds,
        max(coalesce(daily.service_level_seconds, -1)) as most_seconds,
        {{ total('daily.visit_count') }} as visit_count,
        {{ total('daily.within_count') }} as within_count,
        {{ total('daily.unknown_count') }} as unknown_count,
        {{ total('daily.one_sided_count') }} as one_sided_count
    from daily
    cross join {{ listed_codes('periods', 'period_code', ['day', 'week', 'month']) }}
    cross join {{ listed_codes('scopes', 'scope_code', kpi_scope_sets()['visits']) }}
    group by
        periods.period_code,
        {{ period_start('periods.period_code', 'daily.entered_date') }},
        scopes.scope_code,
        {{ visit_scope_member('scopes.scope_code') }},
        daily.service_level_outcome_code
),

judged as (
    select
        summed.period_code,
        summed.period_start_date,
        summed.scope_code,
        summed.scope_id,
        named.policy_code,
        min(summed.first_policy_code) = named.policy_code
        and max(summed.last_policy_code) = named.policy_code as is_in_force,
        case when min(summed.least_seconds) = max(summed.most_seconds) then nullif(max(summed.most_seconds), -1) end
            as threshold_seconds,
        {{ total_where('summed.visit_count', "policies.numerator_code = 'always'") }}
        + {{ total_where('summed.within_count', "policies.numerator_code = 'within_T'") }} as met_count,
        {{ total_where(
            'summed.visit_count',
            "policies.denominator_code = 'yes' and policies.numerator_code != 'within_T'"
        ) }}
        + {{ total_where(
            'summed.visit_count - summed.unknown_count',
            "policies.denominator_code = 'yes' and policies.numerator_code = 'within_T'"
        ) }}
        + {{ total_where(
            'summed.visit_count - summed.unknown_count - summed.within_count',
            "policies.denominator_code = 'unless_within_T'"
        ) }} as counted_count,
        {{ total_where(
            'summed.unknown_count',
            "policies.numerator_code = 'within_T' or policies.denominator_code = 'unless_within_T'"
        ) }}
        + {{ total_where('summed.visit_count', "summed.outcome_code = 'lost_record'") }}
        + {{ total_where(
            'summed.one_sided_count',
            "policies.denominator_code is not null or summed.outcome_code = 'lost_record'"
        ) }} as unknown_count,
        {{ total_where('summed.one_sided_count', 'policies.denominator_code is not null') }} as one_sided_count
    from summed
    cross join (select distinct policy_code from policies) as named
    left join policies
        on
            named.policy_code = policies.policy_code
            and summed.outcome_code = policies.outcome_code
    group by
        summed.period_code, summed.period_start_date, summed.scope_code, summed.scope_id, named.policy_code
),

shared as (
    select
        judged.*,
        {{ ratio('counted_count', 'counted_count + unknown_count') }} as input_share
    from judged
)

select
    period_code,
    period_start_date,
    scope_code,
    scope_id,
    policy_code,
    is_in_force,
    threshold_seconds,
    met_count,
    counted_count,
    unknown_count,
    input_share,
    case when input_share >= 0.8 then {{ ratio('met_count', 'counted_count') }} end as service_level_rate,
    case when input_share >= 0.8 then {{ wilson_low('met_count', 'counted_count') }} end as service_level_low,
    case when input_share >= 0.8 then {{ wilson_high('met_count', 'counted_count') }} end as service_level_high,
    case
        when 5 * one_sided_count > counted_count + unknown_count then 'answered_only'
        when input_share < 0.8 then 'no_wait'
    end as reason_code
from shared
