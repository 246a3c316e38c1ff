{#
    A select: every row of raw that another version of its key replaces, whatever standard table
    it feeds: delivery_id, line_number, and conflict_number, the line again where only the row
    hash decided. A row that feeds two tables may stand here twice.
#}
{% macro all_superseded_rows() -%}
    {%- set selects = [] -%}
    {%- for table_code in var('sources').values() | sum(start=[]) | unique -%}
        {%- do selects.append(
            "select delivery_id, line_number, case when superseded_code = 'conflict' then line_number end as conflict_number from "
            ~ ref('int_' ~ table_code ~ '_superseded')
        ) -%}
    {%- endfor -%}
    {{ selects | join('\nunion all\n') }}
{%- endmacro %}


{# `home.raw_tables`: one row per raw table of every contract, and whether a model reads it. #}
{% macro register_raw_tables() %}
    {% set read = [] %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' %}
        {% do read.extend(node.depends_on.nodes) %}
    {% endfor %}
    {% set selects = [] %}
    {% for source_node in graph.sources.values() if source_node.source_name not in ['home', 'lists'] %}
        {% do selects.append(
            'select ' ~ text_literal(source_node.source_name) ~ ' as source_code, ' ~ text_literal(source_node.name)
            ~ ' as table_code, ' ~ (source_node.unique_id in read) | lower ~ ' as is_read'
        ) %}
    {% endfor %}
    {% do run_query('create or replace view home.raw_tables as ' ~ selects | join(' union all ')) %}
{% endmacro %}
