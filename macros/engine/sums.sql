{#
    Exact sums. Integer sums are HUGEINT on DuckDB and would break a bigint contract;
    no double is ever summed, because the order of threads would change its last bits.
#}
{% macro total(expression) -%}
cast(sum({{ expression }}) as bigint)
{%- endmacro %}

{% macro total_points(expression) -%}
cast(sum({{ expression }}) as decimal(38, 12))
{%- endmacro %}

{% macro count_where(condition) -%}
cast(count(case when {{ condition }} then 1 end) as bigint)
{%- endmacro %}

{# Sum over the rows that meet the condition: 0, not null, where none does. #}
{% macro total_where(expression, condition) -%}
cast(coalesce(sum(case when {{ condition }} then {{ expression }} end), 0) as bigint)
{%- endmacro %}

{% macro total_points_where(expression, condition) -%}
cast(coalesce(sum(case when {{ condition }} then {{ expression }} end), 0) as decimal(38, 12))
{%- endmacro %}

{% macro total_amount_where(expression, condition) -%}
cast(coalesce(sum(case when {{ condition }} then {{ expression }} end), 0) as decimal(18, 2))
{%- endmacro %}
