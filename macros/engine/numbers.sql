{#
    Exact quantile by linear interpolation (type 7), a double; null over no values. Both engines
    read the standard's words, and their arithmetic agrees to the last bits only.
#}
{% macro exact_percentile(expression, share) -%}
percentile_cont({{ share }}) within group (order by cast({{ expression }} as double))
{%- endmacro %}


{# One row per whole number from the first to the last, both included: column `number`. #}
{% macro numbers_between(first, last) %}{{ return(adapter.dispatch('numbers_between', 'telltale')(first, last)) }}{% endmacro %}

{% macro duckdb__numbers_between(first, last) -%}
select unnest(generate_series(cast({{ first }} as bigint), cast({{ last }} as bigint))) as number
{%- endmacro %}

{# A sequence of this engine would count down where the last is below the first. #}
{% macro spark__numbers_between(first, last) -%}
select explode(case when {{ first }} <= {{ last }} then sequence(cast({{ first }} as bigint), cast({{ last }} as bigint)) end) as number
{%- endmacro %}
