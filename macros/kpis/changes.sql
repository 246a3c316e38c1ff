{#
    Is the change since the previous period real? The interval of the difference excludes 0
    (Newcombe's method 10 for proportions, Welch for means) and the test passes
    Benjamini-Hochberg at 5 % among all members of the scope in that period, so that a page
    with a hundred rows does not show five arrows for nothing. Proportions of few events are
    tested exactly: by the pooled z 1 of 1 against 0 of 6 would be a change.
#}
{% macro kpi_change_tests(relation) %}
with

counted as (
    {{ fisher_rows(
        relation, 'numerator', 'denominator', 'previous_numerator', 'previous_denominator',
        is_asked="is_tested and estimator_code = 'proportion'"
    ) }}
),

scored as (
    select
        counted.*,
        case
            when is_tested and estimator_code = 'proportion' then
                {{ two_proportion_z('numerator', 'denominator', 'previous_numerator', 'previous_denominator') }}
        end as change_z,
        case
            when is_tested and estimator_code != 'proportion' then
                {{ welch_t('numerator', 'squares', 'denominator', 'previous_numerator', 'previous_squares', 'previous_denominator') }}
        end as change_t,
        case
            when is_tested and estimator_code != 'proportion' then
                {{ welch_df('numerator', 'squares', 'denominator', 'previous_numerator', 'previous_squares', 'previous_denominator') }}
        end as change_df
    from counted
),

normalised as (
    select
        scored.*,
        {{ t_normal_score('change_t', 'change_df') }} as change_score
    from scored
),

weighed as (
    select
        normalised.*,
        case
            when fisher_p_value is not null then fisher_p_value
            when estimator_code = 'proportion' then {{ normal_two_sided('change_z') }}
            else {{ t_two_sided('change_t', 'change_df', 'change_score') }}
        end as change_p_value,
        {{ t_quantile_975('change_df', 't_quantiles.quantile_975') }} as change_quantile
    from normalised
    left join {{ ref('t_quantiles') }} as t_quantiles
        on {{ whole_degrees('normalised.change_df') }} = t_quantiles.degrees_count
),

excluded as (
    select
        weighed.*,
        case
            when change_p_value is null then null
            when estimator_code = 'proportion' then
                {{ newcombe_low('numerator', 'denominator', 'previous_numerator', 'previous_denominator') }} > 0
                or {{ newcombe_high('numerator', 'denominator', 'previous_numerator', 'previous_denominator') }} < 0
            else
                {{ welch_low('numerator', 'squares', 'denominator', 'previous_numerator', 'previous_squares', 'previous_denominator', 'change_quantile') }} > 0
                or {{ welch_high('numerator', 'squares', 'denominator', 'previous_numerator', 'previous_squares', 'previous_denominator', 'change_quantile') }} < 0
        end as is_zero_excluded,
        row_number() over ({{ change_family() }} order by change_p_value nulls last, scope_id) as p_rank,
        count(change_p_value) over ({{ change_family() }}) as test_count
    from weighed
),

passed as (
    select
        excluded.*,
        max(case when change_p_value * test_count <= 0.05 * p_rank then p_rank else 0 end)
            over ({{ change_family() }}) as last_passed_rank
    from excluded
)

select
    passed.*,
    case when change_p_value is not null then is_zero_excluded and p_rank <= last_passed_rank end as is_change_real
from passed
{% endmacro %}


{# The tests that are made together: all members of one scope in one period. #}
{% macro change_family() -%}
partition by kpi_id, period_code, period_start_date, scope_code
{%- endmacro %}
