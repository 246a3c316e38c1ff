{#
    A select: which raw columns deliver a column of a standard table. One row per source, raw column
    and standard column: source_code, raw_table_code, raw_column_code, table_code, column_code,
    is_partial (only some words of its closed list can come from there).

    A staging column stands on the raw column of its own name; else on those that its meta names
    (`delivered_by`); else on the rows themselves, so on the first column of their key.
#}
{% macro delivering_columns() -%}
    {%- set rows = [] -%}
    {%- if execute -%}
        {%- for source_code, tables in var('sources').items() -%}
            {%- for table_code in tables -%}
                {%- do rows.extend(delivering_columns_of(source_code, table_code)) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if rows -%}
select *
from (
    values
    {{ rows | join(',\n    ') }}
) as delivering (source_code, raw_table_code, raw_column_code, table_code, column_code, is_partial)
    {%- else -%}
select
    cast(null as string) as source_code,
    cast(null as string) as raw_table_code,
    cast(null as string) as raw_column_code,
    cast(null as string) as table_code,
    cast(null as string) as column_code,
    false as is_partial
    {%- endif -%}
{%- endmacro %}


{% macro delivering_columns_of(source_code, table_code) %}
    {% set rows = [] %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.name == 'stg_' ~ source_code ~ '__' ~ table_code %}
        {% for raw in graph.sources.values() if [raw.source_name, raw.name] in node.sources %}
            {% set key = raw.config.get('meta', {}).get('key') or [raw.columns.keys() | first] %}
            {% for column in node.columns.values() %}
                {% set meta = column.get('config', {}).get('meta') or column.get('meta') or {} %}
                {% set own = [column.name] if column.name in raw.columns else [key[0]] %}
                {% for raw_column in meta.get('delivered_by') or own %}
                    {% do rows.append(
                        "('" ~ [source_code, raw.name, raw_column, table_code, column.name] | join("', '") ~ "', "
                        ~ meta.get('is_partial', false) | lower ~ ')'
                    ) %}
                {% endfor %}
            {% endfor %}
        {% endfor %}
    {% endfor %}
    {{ return(rows) }}
{% endmacro %}
