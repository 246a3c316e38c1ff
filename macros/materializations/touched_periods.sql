{#
    Facts and daily aggregates: delete the touched days and insert them anew, month by month,
    so that cost follows what changed and memory follows one month. A full build is the same
    with every day touched and the relation dropped beforehand (`prepare_build`).

    Unlike delete+insert by the new rows' keys it also empties a day that lost its last row.

    Config meta: `fact_code` (which list of touched days), `period_column` (the local day of a row),
    `touched_model` (the model with the list). The model restricts itself with
    `touched_days(...)`, whose two sentinel dates are replaced here by the month at hand.
#}
{% materialization touched_periods, default %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set days = ref(config.require('meta').touched_model) -%}
    {%- set fact_code = config.require('meta').fact_code -%}
    {%- set period_column = config.require('meta').period_column -%}

    {{ run_hooks(pre_hooks) }}

    {%- if existing is none -%}{%- do create_periods(target, sql) -%}{%- endif -%}
    {%- set months = run_query(touched_months(days, fact_code)).rows -%}
    {%- do replace_touched_periods(target, sql, days, fact_code, period_column, months, existing is none) -%}

    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}


{% macro touched_months(days, fact_code) %}
    select
        cast(min(touched_date) as string) as first_day,
        cast(max(touched_date) as string) as last_day
    from {{ days }}
    where fact_code = '{{ fact_code }}'
    group by date_trunc('month', touched_date)
    order by 1
{% endmacro %}


{# Sentinels, so that the same SQL also runs whole in a unit test or a compiled file. #}
{% macro first_touched_day() %}{{ return('0002-02-02') }}{% endmacro %}
{% macro last_touched_day() %}{{ return('9998-08-08') }}{% endmacro %}


{# The touched days of the month at hand: `where entered_date in (<this>)`. #}
{% macro touched_days(touched_model, fact_code) -%}
select touched_date
from {{ ref(touched_model) }}
where
    fact_code = '{{ fact_code }}'
    and touched_date between cast('{{ first_touched_day() }}' as date) and cast('{{ last_touched_day() }}' as date)
{%- endmacro %}


{# Cheap and exact enough to skip files and row groups: a local day lies within a day of its UTC day. #}
{% macro near_touched_days(instant) -%}
{{ instant }} >= cast({{ add_days("cast('" ~ first_touched_day() ~ "' as date)", -1) }} as timestamp)
and {{ instant }} < cast({{ add_days("cast('" ~ last_touched_day() ~ "' as date)", 2) }} as timestamp)
{%- endmacro %}


{# A fact as the last build left it, before this one touches it; empty if there is none. #}
{% macro built_fact(model_name, columns) -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.name == model_name -%}
            {%- set relation = adapter.get_relation(node.database, node.schema, node.alias) -%}
            {%- if relation -%}
                select {{ columns.keys() | join(', ') }} from {{ relation }}
            {%- else -%}
                select {% for name, type in columns.items() %}cast(null as {{ type }}) as {{ name }}{{ ', ' if not loop.last }}{% endfor %} where false
            {%- endif -%}
        {%- endfor -%}
    {%- else -%}
        select 1
    {%- endif -%}
{%- endmacro %}
