{# Whether a row of kpi_estimates may show a figure at all. #}
{% macro is_shown() -%}
reason_code is null and suppression_code is null
{%- endmacro %}

{# The one place where a KPI is divided. #}
{% macro kpi_value() -%}
case when {{ is_shown() }} then {{ ratio('numerator', 'denominator') }} end
{%- endmacro %}

{#
    Means of durations, counts and money have an interval from 30 events, of scores from 5;
    proportions always; a ratio of counted seconds (every one of them, no sample) has none.
#}
{% macro kpi_low() -%}
case
    when not ({{ is_shown() }}) or estimator_code = 'ratio' then null
    when estimator_code = 'proportion' then {{ wilson_low('numerator', 'denominator') }}
    when denominator >= {{ least_events() }} then {{ within_scale(mean_low('numerator', 'squares', 'denominator', 'quantile')) }}
end
{%- endmacro %}

{% macro kpi_high() -%}
case
    when not ({{ is_shown() }}) or estimator_code = 'ratio' then null
    when estimator_code = 'proportion' then {{ wilson_high('numerator', 'denominator') }}
    when denominator >= {{ least_events() }} then {{ within_scale(mean_high('numerator', 'squares', 'denominator', 'quantile')) }}
end
{%- endmacro %}

{% macro least_events() -%}
case when estimator_code in ('mean_seconds', 'mean_count', 'mean_amount') then 30 else 5 end
{%- endmacro %}


{# Members of one scope and period from the smallest that has answers to the largest. #}
{% macro smallest_first() -%}
partition by kpi_id, period_code, period_start_date, scope_code, denominator > 0 order by denominator asc, scope_id asc
{%- endmacro %}


{# No score lies outside 0 to 100, so no end of its interval does; nulls stay null. #}
{% macro within_scale(end) -%}
case
    when estimator_code != 'mean_score' then {{ end }}
    when {{ end }} < 0 then 0
    when {{ end }} > 100 then 100
    else {{ end }}
end
{%- endmacro %}
