{# A list of the centre as a table: read once, so that a build sees one version of it. #}
{% macro register_list(source_node) %}{{ return(adapter.dispatch('register_list', 'telltale')(source_node)) }}{% endmacro %}

{% macro duckdb__register_list(source_node) -%}
    {%- set file = home_path() ~ '/state/lists/' ~ source_node.name ~ '.csv' -%}
    {%- set query -%}
    create or replace table {{ source_node.schema }}.{{ source_node.name }} as
    {% if run_query('select count(*) from glob(' ~ path_literal(file) ~ ')').rows[0][0] -%}
        select {% for column in source_node.columns.values() %}{{ listed_value(column) }} as {{ column.name }}{{ ', ' if not loop.last }}{% endfor %}
        from read_csv({{ path_literal(file) }}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', auto_detect = true)
    {%- else -%}
        {{ no_rows(source_node.columns.values()) }}
    {%- endif %}
    {%- endset -%}
    {% do run_query(query) %}
{%- endmacro %}

{% macro spark__register_list(source_node) -%}
    {%- set relation = source_node.schema ~ '.' ~ source_node.name -%}
    {%- set columns = source_node.columns.values() | list -%}
    {% do run_query(
        'create or replace temporary view listed_texts using csv options (path '
        ~ path_literal(home_path() ~ '/state/lists/' ~ source_node.name ~ '.csv')
        ~ ', header true, inferSchema false, multiLine true, quote \'"\', escape \'"\', encoding \'UTF-8\')'
    ) %}
    {% do demand_listed_types(source_node) %}
    {% do run_query('drop table if exists ' ~ relation) %}
    {%- set query -%}
    create table {{ relation }} using parquet as
    select {% for column in columns %}{{ listed_value(column) }} as {{ column.name }}{{ ', ' if not loop.last }}{% endfor %}
    from listed_texts
    {%- endset -%}
    {% do run_query(query) %}
{%- endmacro %}

{% macro listed_value(column) -%}
cast({{ listed_text(column.name) }} as {{ column.data_type }})
{%- endmacro %}

{# What a field says, null if nothing. #}
{% macro listed_text(name) -%}
nullif(trim({{ name }}), '')
{%- endmacro %}


{# Where the other engine stops at a text that is not of its type, this one would write null. #}
{% macro demand_listed_types(source_node) %}
    {% set typed = source_node.columns.values() | rejectattr('data_type', 'equalto', 'string') | list %}
    {% if typed %}
        {% set counts = [] %}
        {% for column in typed %}
            {% do counts.append(
                'count(case when ' ~ listed_value(column) ~ ' is null and ' ~ listed_text(column.name) ~ ' is not null then 1 end)'
            ) %}
        {% endfor %}
        {% set found = run_query('select ' ~ counts | join(', ') ~ ' from listed_texts').rows[0] %}
        {% for column in typed %}
            {% if found[loop.index0] %}
                {{ exceptions.raise_compiler_error(
                    'seeds/' ~ source_node.name ~ '.csv of the home: ' ~ found[loop.index0] ~ ' values of ' ~ column.name
                    ~ ' are no ' ~ column.data_type ~ '. Correct them.'
                ) }}
            {% endif %}
        {% endfor %}
    {% endif %}
{% endmacro %}
