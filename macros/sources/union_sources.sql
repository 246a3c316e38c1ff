{#
    All rows that any source system gives for one standard table, in the standard shape:
    the columns of the standard contract in order, then `source_code` and what landing adds.
    A source's staging model documents the columns that it fills; the others are typed nulls.
#}
{% macro union_sources(table_code) %}
    {%- set selects = [] -%}
    {%- for source_code, tables in var('sources').items() if table_code in tables -%}
        {%- set relation = ref('stg_' ~ source_code ~ '__' ~ table_code) -%}
        {%- if execute -%}
            {%- set filled = staged_columns('stg_' ~ source_code ~ '__' ~ table_code) -%}
            {%- set columns = [] -%}
            {%- for column in standard_columns(table_code) -%}
                {%- if column.name in filled -%}
                    {%- do columns.append(column.name) -%}
                {%- else -%}
                    {%- do columns.append('cast(null as ' ~ column.data_type ~ ') as ' ~ column.name) -%}
                {%- endif -%}
            {%- endfor -%}
            {%- do selects.append("select '" ~ source_code ~ "' as source_code, " ~ columns | join(', ') ~ ' from ' ~ relation) -%}
        {%- else -%}
            {%- do selects.append('select * from ' ~ relation) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ selects | join('\nunion all\n') }}
{% endmacro %}


{# Columns of a standard raw table by its contract, then those that landing adds. #}
{% macro standard_columns(table_code) %}
    {% for node in graph.sources.values() if node.source_name == 'standard' and node.name == table_code %}
        {{ return(raw_columns(node)) }}
    {% endfor %}
    {{ exceptions.raise_compiler_error("There is no standard table '" ~ table_code ~ "'.") }}
{% endmacro %}


{% macro staged_columns(model_name) %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.name == model_name %}
        {{ return(node.columns.keys() | list) }}
    {% endfor %}
    {{ exceptions.raise_compiler_error("There is no staging model '" ~ model_name ~ "'.") }}
{% endmacro %}


{# The columns of `union_sources` from a relation, some of them replaced by an expression. #}
{% macro standard_row(table_code, relation, replaced) -%}
{{ relation }}.source_code
{%- if execute -%}
{%- for column in standard_columns(table_code) -%}
,
        {{ replaced.get(column.name, relation ~ '.' ~ column.name) }} as {{ column.name }}
{%- endfor -%}
{%- endif -%}
{%- endmacro %}
