{# An unknown key is the member `unassigned`, so that the members of a scope add up to the company. #}
{% macro member(column) -%}
coalesce({{ column }}, 'unassigned') as {{ column }}
{%- endmacro %}

{# The same as expressions to group by: a bare name would group by the column before it. #}
{% macro members(columns) -%}
{% for column in columns %}coalesce({{ column }}, 'unassigned'){{ ', ' if not loop.last }}{% endfor %}
{%- endmacro %}
