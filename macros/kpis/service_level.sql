{#
    The outcome under which `service_level_policies` lists a visit: its own, or `open_deferred` where
    the customer of a deferred channel still waits for the answer of a person, `answered` where they have it.
#}
{% macro service_level_outcome() -%}
case
    when not judged.is_deferred or judged.judged_outcome_code != 'in_progress' then judged.judged_outcome_code
    when judged.answered_at is not null and judged.is_person then 'answered'
    else 'open_deferred'
end
{%- endmacro %}

{#
    Whether the policy in force counts the visit at all; null where it depends on a wait that nobody
    knows, or on an outcome that was lost: such a visit is in neither sum.
#}
{% macro is_service_level_counted() -%}
case
    when waited.service_level_outcome_code = 'lost_record' then null
    when waited.is_one_sided and policies.denominator_code is not null then null
    when policies.denominator_code = 'unless_within_T' then not waited.is_within_service_level
    when policies.denominator_code != 'yes' or policies.denominator_code is null then false
    when policies.numerator_code = 'within_T' and waited.is_within_service_level is null then null
    else true
end
{%- endmacro %}

{# Whether it also counts as served; what is not counted is not. #}
{% macro is_service_level_met() -%}
coalesce(
    {{ is_service_level_counted() }}
    and (
        policies.numerator_code = 'always'
        or (policies.numerator_code = 'within_T' and waited.is_within_service_level)
    ),
    false
)
{%- endmacro %}


{# A column of the curve of patience at an asked second; null beyond the longest wait that was watched. #}
{% macro patient_share(seconds, column) -%}
max(case
    when is_asked and event_seconds = {{ seconds }} and (at_risk_count > 0 or survival_probability = 0) then {{ column }}
end)
{%- endmacro %}


{# The wait at a rank among those of one period and member: an end of the interval of a quantile. #}
{% macro ranked_wait(rank) -%}
{{ value_at_rank('wait_seconds', 'wait_rank', rank) }}
{%- endmacro %}

{# The same of any value that another column ranks. #}
{% macro value_at_rank(value, place, rank) -%}
cast(max(case when {{ place }} = {{ rank }} then {{ value }} end) as double)
{%- endmacro %}
