{#
    A path as a SQL literal in which only `pattern`, which follows it, is one: a home may be
    called `centre [2]`.
#}
{% macro path_literal(path, pattern='') %}{{ return(adapter.dispatch('path_literal', 'telltale')(path, pattern)) }}{% endmacro %}

{% macro duckdb__path_literal(path, pattern='') -%}
{{ text_literal(modules.re.sub('([*?]|\\[)', '[\\1]', path) ~ pattern) }}
{%- endmacro %}

{% macro spark__path_literal(path, pattern='') -%}
{{ text_literal(modules.re.sub('([{}*?,\\\\]|\\[|\\])', '\\\\\\1', path) ~ pattern) }}
{%- endmacro %}


{# Absolute path of the home; plain `dbt build` from the root finds `var`. #}
{% macro home_path() %}{{ return(env_var('TELLTALE_HOME', 'var')) }}{% endmacro %}


{# Make a source a relation: the ledgered files, or an empty select with the contract's types. #}
{% macro register_source(source_node, files) %}{{ return(adapter.dispatch('register_source', 'telltale')(source_node, files)) }}{% endmacro %}

{% macro duckdb__register_source(source_node, files) -%}
    {%- set query -%}
    create or replace view {{ source_node.schema }}.{{ source_node.name }} as
    {% if files -%}
        select {{ raw_columns(source_node) | map(attribute='name') | join(', ') }}
        from read_parquet([{% for file in files %}{{ path_literal(file) }}{{ ', ' if not loop.last }}{% endfor %}])
    {%- else -%}
        {{ no_rows(raw_columns(source_node)) }}
    {%- endif %}
    {%- endset -%}
    {% do run_query(query) %}
{%- endmacro %}

{#
    A table over the folder, and a view that keeps what the ledger names: every file holds one
    delivery, so that its id prunes whole files. Files that are being written begin with a dot,
    which Spark does not read.
#}
{% macro spark__register_source(source_node, files) -%}
    {%- set relation = source_node.schema ~ '.' ~ source_node.name -%}
    {% do run_query('drop table if exists ' ~ relation ~ '__files') %}
    {%- if files -%}
        {%- set typed = [] -%}
        {%- for column in raw_columns(source_node) -%}{%- do typed.append(column.name ~ ' ' ~ column.data_type) -%}{%- endfor -%}
        {% do run_query(
            'create table ' ~ relation ~ '__files (' ~ typed | join(', ') ~ ') using parquet location '
            ~ text_literal(files[0].rpartition('/')[0])
        ) %}
    {%- endif -%}
    {%- set query -%}
    create or replace view {{ relation }} as
    {% if files -%}
        select {{ raw_columns(source_node) | map(attribute='name') | join(', ') }}
        from {{ relation }}__files
        where delivery_id in (select delivery_id from home.deliveries where is_active)
    {%- else -%}
        {{ no_rows(raw_columns(source_node)) }}
    {%- endif %}
    {%- endset -%}
    {% do run_query(query) %}
{%- endmacro %}


{# The contract's columns, then what landing adds to every row. #}
{% macro raw_columns(source_node) %}
    {% set columns = [] %}
    {% for column in source_node.columns.values() %}
        {% do columns.append({'name': column.name, 'data_type': column.data_type}) %}
    {% endfor %}
    {{ return(columns + landing_columns()) }}
{% endmacro %}

{% macro landing_columns() %}
    {{ return([
        {'name': 'delivery_id', 'data_type': 'string'},
        {'name': 'line_number', 'data_type': 'bigint'},
        {'name': 'delivered_date', 'data_type': 'date'},
        {'name': 'row_hash', 'data_type': 'bigint'},
    ]) }}
{% endmacro %}

{% macro no_rows(columns) -%}
select {% for column in columns %}cast(null as {{ column.data_type }}) as {{ column.name }}{{ ', ' if not loop.last }}{% endfor %} where false
{%- endmacro %}
