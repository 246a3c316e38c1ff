{# Small tables that survive a build: made once, emptied, and given new rows as a whole. #}
{% macro create_state_table(relation, columns) %}{{ return(adapter.dispatch('create_state_table', 'telltale')(relation, columns)) }}{% endmacro %}

{% macro duckdb__create_state_table(relation, columns) -%}
    {% do run_query('create table if not exists ' ~ relation ~ ' (' ~ columns ~ ')') %}
{%- endmacro %}

{% macro spark__create_state_table(relation, columns) -%}
    {% do run_query('create table if not exists ' ~ relation ~ ' (' ~ columns ~ ') using parquet') %}
{%- endmacro %}


{% macro empty_rows(relation) %}{{ return(adapter.dispatch('empty_rows', 'telltale')(relation)) }}{% endmacro %}

{% macro duckdb__empty_rows(relation) -%}
    {% do run_query('delete from ' ~ relation) %}
{%- endmacro %}

{% macro spark__empty_rows(relation) -%}
    {% do run_query('truncate table ' ~ relation) %}
{%- endmacro %}


{# The query may not read the relation itself: Parquet files are replaced as they are written. #}
{% macro replace_rows(relation, query) %}{{ return(adapter.dispatch('replace_rows', 'telltale')(relation, query)) }}{% endmacro %}

{% macro duckdb__replace_rows(relation, query) -%}
    {% do run_query('delete from ' ~ relation) %}
    {% do run_query('insert into ' ~ relation ~ ' ' ~ query) %}
{%- endmacro %}

{% macro spark__replace_rows(relation, query) -%}
    {% do run_query('insert overwrite table ' ~ relation ~ ' ' ~ query) %}
{%- endmacro %}
