{#
    The relation of a fact or daily aggregate before its first rows, and the replacement of its
    touched days. `months` lists first and last touched day of every month that has one.
#}
{% macro create_periods(target, sql) %}{{ return(adapter.dispatch('create_periods', 'telltale')(target, sql)) }}{% endmacro %}

{% macro duckdb__create_periods(target, sql) %}
    {%- call statement('create_empty') -%}
        {{ get_create_table_as_sql(False, target, 'select * from (' ~ sql ~ ') as shape where false') }}
    {%- endcall -%}
{% endmacro %}

{# Month partitions: daily ones make a year 365 times as many small files. #}
{% macro spark__create_periods(target, sql) %}
    {{ get_assert_columns_equivalent(sql) }}
    {%- call statement('create_empty') -%}
        create table {{ target }} ({{ contract_columns() }}, {{ period_partition() }} date)
        using parquet partitioned by ({{ period_partition() }})
    {%- endcall -%}
{% endmacro %}


{% macro replace_touched_periods(target, sql, days, fact_code, period_column, months, is_new) %}
    {{ return(adapter.dispatch('replace_touched_periods', 'telltale')(target, sql, days, fact_code, period_column, months, is_new)) }}
{% endmacro %}

{# One transaction: a reader of the private warehouse sees all months or none. #}
{% macro duckdb__replace_touched_periods(target, sql, days, fact_code, period_column, months, is_new) %}
    {%- set columns = adapter.get_columns_in_relation(target) | map(attribute='quoted') | join(', ') -%}
    {%- call statement('main') -%}
    {% for month in months %}
        delete from {{ target }}
        where {{ period_column }} in (
            select touched_date from {{ days }}
            where fact_code = '{{ fact_code }}' and touched_date between cast('{{ month[0] }}' as date) and cast('{{ month[1] }}' as date)
        );
        insert into {{ target }} ({{ columns }})
        select {{ columns }} from ({{ sql | replace(first_touched_day(), month[0]) | replace(last_touched_day(), month[1]) }}) as touched;
    {% endfor %}
    select 1;
    {%- endcall -%}
{% endmacro %}

{#
    Parquet knows no delete: the touched months are written whole. What they keep and what they
    gain is put aside first, because a table cannot be read while it is overwritten; then each
    month is replaced by name, so that one that lost its last row ends empty (an overwrite by
    content would leave it as it was). Days of an interrupted replacement are touched again.
#}
{% macro spark__replace_touched_periods(target, sql, days, fact_code, period_column, months, is_new) %}
    {%- set columns = model.columns.keys() | join(', ') -%}
    {%- set month_of = month_start(period_column) ~ ' as ' ~ period_partition() -%}
    {%- if is_new -%}
        {%- call statement('main') -%}
            insert overwrite table {{ target }} partition ({{ period_partition() }})
            select /*+ rebalance({{ period_partition() }}) */ {{ columns }}, {{ month_of }}
            from ({{ sql }}) as touched
        {%- endcall -%}
    {%- elif not months -%}
        {%- call statement('main') -%} select 1 {%- endcall -%}
    {%- else -%}
        {%- set aside = target ~ '__aside' -%}
        {%- set starts = [] -%}
        {%- for month in months -%}{%- do starts.append("date'" ~ month[0][:7] ~ "-01'") -%}{%- endfor -%}
        {%- call statement('drop_aside') -%} drop table if exists {{ aside }} {%- endcall -%}
        {%- call statement('create_aside') -%}
            create table {{ aside }} using parquet as
            select {{ columns }}, {{ period_partition() }}
            from {{ target }} as kept
            where
                {{ period_partition() }} in ({{ starts | join(', ') }})
                and not exists (
                    select 1 from {{ days }} as days
                    where days.fact_code = '{{ fact_code }}' and days.touched_date = kept.{{ period_column }}
                )
            union all
            select {{ columns }}, {{ month_of }}
            from ({{ sql | replace(first_touched_day(), months[0][0]) | replace(last_touched_day(), months[-1][1]) }}) as touched
        {%- endcall -%}
        {%- for start in starts -%}
            {%- call statement('main') -%}
                insert overwrite table {{ target }} partition ({{ period_partition() }} = {{ start }})
                select /*+ rebalance */ {{ columns }}
                from {{ aside }}
                where {{ period_partition() }} = {{ start }}
            {%- endcall -%}
        {%- endfor -%}
        {%- call statement('drop_aside') -%} drop table {{ aside }} {%- endcall -%}
    {%- endif -%}
{% endmacro %}

{# The column that Spark's tables have beyond the contract, last: the first of the month. #}
{% macro period_partition() %}{{ return('partition_month') }}{% endmacro %}
