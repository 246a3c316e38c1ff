{# Null instead of an error where the text is not of the type. #}
{% macro safe_cast(expression, type) %}{{ return(adapter.dispatch('safe_cast', 'telltale')(expression, type)) }}{% endmacro %}

{% macro duckdb__safe_cast(expression, type) -%}
try_cast({{ expression }} as {{ type }})
{%- endmacro %}
