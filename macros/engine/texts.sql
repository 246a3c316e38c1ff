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


{# Several texts as literals with commas, for `in (...)`; a list of none holds nothing. #}
{% macro listed_texts(texts) -%}
{% for text in texts %}{{ text_literal(text) }}{{ ', ' if not loop.last }}{% else %}cast(null as string){% endfor %}
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


{#
    The texts of a group one after another, in the order of other columns and then of the texts
    themselves: the same on every engine whatever the order of the rows. Null texts are left out;
    the order columns may not be null.
#}
{% macro ordered_texts(text, order_by, separator) %}{{ return(adapter.dispatch('ordered_texts', 'telltale')(text, order_by, separator)) }}{% endmacro %}

{% macro duckdb__ordered_texts(text, order_by, separator) -%}
string_agg({{ text }}, {{ text_literal(separator) }} order by {{ order_by | join(', ') }}, {{ text }})
{%- endmacro %}

{# A group without texts is null, as the other engine has it, and not the empty text. #}
{% macro spark__ordered_texts(text, order_by, separator) -%}
case when count({{ text }}) > 0 then array_join(
    transform(
        array_sort(collect_list(case when {{ text }} is not null then struct({{ order_by | join(', ') }}, {{ text }} as said_text) end)),
        said -> said.said_text
    ),
    {{ text_literal(separator) }}
) end
{%- endmacro %}
