{#
    Null instead of an error where the text is not of the type. A number is sign, digits, a point
    and at most three digits of exponent: one engine also reads 1_000, the other Arabic digits.
#}
{% macro safe_cast(expression, type) %}{{ return(adapter.dispatch('safe_cast', 'telltale')(expression, type)) }}{% endmacro %}

{% macro duckdb__safe_cast(expression, type) -%}
{%- if modules.re.match(number_types(), type | string | lower) -%}
try_cast(case when regexp_full_match(cast({{ expression }} as varchar), '{{ number_pattern() }}') then cast({{ expression }} as varchar) end as {{ type }})
{%- else -%}
try_cast({{ expression }} as {{ type }})
{%- endif -%}
{%- endmacro %}

{% macro spark__safe_cast(expression, type) -%}
{%- if modules.re.match(number_types(), type | string | lower) -%}
try_cast(case when cast({{ expression }} as string) rlike '^{{ number_pattern() }}$' then cast({{ expression }} as string) end as {{ type }})
{%- else -%}
try_cast({{ expression }} as {{ type }})
{%- endif -%}
{%- endmacro %}

{% macro number_pattern() %}{{ return('[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,3})?') }}{% endmacro %}

{% macro number_types() %}{{ return('(decimal|numeric|double|float|real|(big|small|tiny)?int)') }}{% endmacro %}
