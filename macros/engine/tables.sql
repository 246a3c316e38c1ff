{#
    Tables of models on Spark. First the empty table in the contract's own types, then its rows:
    a `create table as` that is interrupted leaves files in a place that no table owns, and no
    later build could write there.
#}
{% macro spark__create_table_as(temporary, relation, compiled_code, language='sql') -%}
    {%- if temporary -%}
        {{ create_temporary_view(relation, compiled_code) }}
    {%- else -%}
        {%- if config.get('contract').enforced -%}
            {{ get_assert_columns_equivalent(compiled_code) }}
            {%- set compiled_code = get_select_subquery(compiled_code) -%}
            {% do run_query('create table ' ~ relation ~ ' (' ~ contract_columns() ~ ') using parquet') %}
        {%- else -%}
            {% do run_query('create table ' ~ relation ~ ' using parquet as select * from (' ~ compiled_code ~ ') as shape where false') %}
        {%- endif %}
        insert overwrite table {{ relation }}
        {{ compiled_code }}
    {%- endif -%}
{%- endmacro %}

{# `name type` of every column of the model's contract. #}
{% macro contract_columns() -%}
{%- for column in model.columns.values() %}{{ column.name }} {{ column.data_type }}{{ ', ' if not loop.last }}{% endfor -%}
{%- endmacro %}
