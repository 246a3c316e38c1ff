{# A text as a literal: one engine also reads the backslash as a sign of its own. #}
{% macro text_literal(text) %}{{ return(adapter.dispatch('text_literal', 'telltale')(text)) }}{% endmacro %}

{% macro duckdb__text_literal(text) -%}
'{{ text | string | replace("'", "''") }}'
{%- endmacro %}

{% macro spark__text_literal(text) -%}
'{{ text | string | replace('\\', '\\\\') | replace("'", "\\'") }}'
{%- endmacro %}


{# Texts one after another; null counts as nothing (`concat` is null on one engine, not on the other). #}
{% macro joined_texts(texts) -%}
({% for text in texts %}coalesce(cast({{ text }} as string), ''){{ ' || ' if not loop.last }}{% endfor %})
{%- endmacro %}


{#
    Key of 32 hexadecimal digits, the same on every engine, of columns whose text is the same on
    both: texts, whole numbers, days, booleans. A null differs from an empty text, and the lengths
    keep ('ab', 'c') apart from ('a', 'bc').
#}
{% macro hash_key(columns) -%}
md5({% for column in columns %}coalesce(cast(length(cast({{ column }} as string)) as string) || ':' || cast({{ column }} as string), '-'){{ ' || ' if not loop.last }}{% endfor %})
{%- endmacro %}


{# Whether a text matches a pattern somewhere; null if the text is null. #}
{% macro matches_pattern(text, pattern) %}{{ return(adapter.dispatch('matches_pattern', 'telltale')(text, pattern)) }}{% endmacro %}

{% macro duckdb__matches_pattern(text, pattern) -%}
regexp_matches({{ text }}, {{ text_literal(pattern) }})
{%- endmacro %}

{% macro spark__matches_pattern(text, pattern) -%}
({{ text }} rlike {{ text_literal(pattern) }})
{%- endmacro %}


{# Text of a field of a JSON object, null if it is absent, null or the text is no JSON. #}
{% macro json_field(text, name) %}{{ return(adapter.dispatch('json_field', 'telltale')(text, name)) }}{% endmacro %}

{% macro duckdb__json_field(text, name) -%}
json_extract_string(try_cast({{ text }} as json), {{ text_literal('$.' ~ name) }})
{%- endmacro %}

{% macro spark__json_field(text, name) -%}
get_json_object({{ text }}, {{ text_literal('$.' ~ name) }})
{%- endmacro %}
