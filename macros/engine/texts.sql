{# A text as a literal: one engine also reads the backslash as a sign of its own. #}
{% macro text_literal(text) %}{{ return(adapter.dispatch('text_literal', 'telltale')(text)) }}{% endmacro %}

{% macro duckdb__text_literal(text) -%}
'{{ text | string | replace("'", "''") }}'
{%- endmacro %}

{% macro spark__text_literal(text) -%}
'{{ text | string | replace('\\', '\\\\') | replace("'", "\\'") }}'
{%- endmacro %}
