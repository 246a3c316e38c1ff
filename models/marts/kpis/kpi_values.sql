with

estimates as (
    select * from {{ ref('kpi_estimates') }}
),

kpis as (
    select * from {{ ref('dim_kpis') }}
),

targets as (
    select * from {{ ref('int_kpi_targets_dated') }}
),

kpi_definitions as (
    select * from {{ ref('dim_kpi_definitions') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- Each row beside the same member one period earlier. A change is tested where both values
-- are shown and neither is small: an arrow on a handful of answers would be noise.
compared as (
    select
        estimates.*,
        previous.value as previous_value,
        previous.numerator as previous_numerator,
        previous.denominator as previous_denominator,
        previous.squares as previous_squares,
        estimates.value is not null
        and previous.value is not null
        and estimates.estimator_code != 'ratio'
        and (
            (kpis.family_code = 'transactional' and estimates.estimator_code = 'proportion')
            or (estimates.denominator >= 30 and previous.denominator >= 30)
        ) as is_tested,
        kpis.family_code,
        kpis.direction_code,
        kpis.window_day_count
    from estimates
    inner join kpis on estimates.kpi_id = kpis.kpi_id
    left join estimates as previous
        on
            estimates.kpi_id = previous.kpi_id
            and estimates.period_code = previous.period_code
            and estimates.scope_code = previous.scope_code
            and estimates.scope_id = previous.scope_id
            and previous.period_start_date
            = {{ previous_period_start('estimates.period_code', 'estimates.period_start_date') }}
),

tested as (
    {{ kpi_change_tests('compared') }}
),

judged as (
    select
        tested.*,
        targets.target,
        kpi_definitions.definition_number,
        kpi_definitions.definition_code,
        as_of.as_of_date
    from tested
    left join targets
        on
            tested.kpi_id = targets.kpi_id
            and tested.scope_code = targets.scope_code
            and tested.scope_id = targets.scope_id
            and tested.period_start_date between targets.valid_from_date and targets.valid_to_date
    cross join as_of
    left join kpi_definitions
        on
            tested.kpi_id = kpi_definitions.kpi_id
            and kpi_definitions.valid_from_date
            <= coalesce({{ period_end('tested.period_code', 'tested.period_start_date') }}, as_of.as_of_date)
            and kpi_definitions.valid_to_date
            >= coalesce({{ period_end('tested.period_code', 'tested.period_start_date') }}, as_of.as_of_date)
)

select
    kpi_id,
    definition_number,
    definition_code,
    period_code,
    period_start_date,
    scope_code,
    scope_id,
    case when suppression_code is null then numerator end as numerator,
    case when suppression_code is null then denominator end as denominator,
    case when suppression_code is null then squares end as squares,
    case when suppression_code is null then input_count end as event_count,
    case when suppression_code is null then input_share end as input_share,
    value,
    low,
    high,
    target,
    {{ kpi_status() }} as status_code,
    {{ kpi_note() }} as note_code,
    previous_value,
    change_p_value,
    is_change_real,
    coalesce(
        in_progress_count = 0
        and {{ add_days(period_end('period_code', 'period_start_date'), 'window_day_count + 1') }}
        <= as_of_date,
        false
    ) as is_final,
    reason_code,
    suppression_code
from judged
