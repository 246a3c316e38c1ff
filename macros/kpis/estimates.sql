{# Whether a row of kpi_estimates may show a figure at all. #}
{% macro is_shown() -%}
reason_code is null and suppression_code is null
{%- endmacro %}

{# The one place where a KPI is divided. #}
{% macro kpi_value() -%}
case when {{ is_shown() }} then {{ ratio('numerator', 'denominator') }} end
{%- endmacro %}

{# Means of durations have an interval from 30 events, of scores from 5; proportions always. #}
{% macro kpi_low() -%}
case
    when not ({{ is_shown() }}) then null
    when estimator_code = 'proportion' then {{ wilson_low('numerator', 'denominator') }}
    when denominator >= {{ least_events() }} then {{ mean_low('numerator', 'squares', 'denominator', 'quantile') }}
end
{%- endmacro %}

{% macro kpi_high() -%}
case
    when not ({{ is_shown() }}) then null
    when estimator_code = 'proportion' then {{ wilson_high('numerator', 'denominator') }}
    when denominator >= {{ least_events() }} then {{ mean_high('numerator', 'squares', 'denominator', 'quantile') }}
end
{%- endmacro %}

{% macro least_events() -%}
case when estimator_code = 'mean_seconds' then 30 else 5 end
{%- endmacro %}
