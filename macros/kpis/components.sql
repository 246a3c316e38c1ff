{#
    The sums of every KPI per period and scope. In this order because it is many times cheaper
    than one select per KPI, period and scope: each family's aggregate is summed per period,
    then per scope, and only these few rows are turned into one row per KPI. Each step reads the
    one before once (a short list of codes is joined to it): an engine that computes a shared
    query anew for each use would otherwise read the aggregate hundreds of times.
#}
{% macro kpi_components() %}
with

{% for family, options in kpi_families().items() -%}
{{ family }}_daily as (
    select * from {{ ref(options.aggregate) }}
),

{% set measures = summed_columns(options.aggregate) -%}
{% set keys = scope_columns(family) -%}
{{ family }}_dated as (
    select
        periods.period_code,
        {{ period_start('periods.period_code', 'daily.entered_date') }} as period_start_date,
        daily.*
    from {{ family }}_daily as daily
    cross join {{ listed_codes('periods', 'period_code', options.periods) }}
),

{{ family }}_periods as (
    select
        period_code,
        period_start_date,
        {{ keys | join(', ') }},
        {{ summed(measures) }}
    from {{ family }}_dated
    group by period_code, period_start_date, {{ keys | join(', ') }}
),

{{ family }}_scoped as (
    select
        scopes.scope_code,
        {{ scope_member(family, 'scopes.scope_code') }} as scope_id,
        periods.*
    from {{ family }}_periods as periods
    cross join {{ listed_codes('scopes', 'scope_code', family_scopes(family)) }}
    union all
    {{ nothing_happened(keys, measures) }}
),

{{ family }}_scopes as (
    select
        period_code,
        period_start_date,
        scope_code,
        scope_id,
        {{ summed(measures) }}
    from {{ family }}_scoped
    group by period_code, period_start_date, scope_code, scope_id
),

{{ family }}_unpivoted as (
    select
        kpis.kpi_id,
        scopes.period_code,
        scopes.period_start_date,
        scopes.scope_code,
        scopes.scope_id,
        {{ kpi_sum(family, 'numerator', 'decimal(38, 12)') }} as numerator,
        {{ kpi_sum(family, 'denominator', 'bigint') }} as denominator,
        {{ kpi_sum(family, 'squares', 'decimal(38, 12)') }} as squares,
        {{ kpi_sum(family, 'inputs', 'bigint') }} as input_count,
        {{ kpi_sum(family, 'eligible', 'bigint') }} as eligible_count,
        {{ kpi_hidden(family) }} as hidden_code,
        {{ kpi_open(family) }} as in_progress_count
    from {{ family }}_scopes as scopes
    inner join {{ listed_kpis(family) }}
        on scopes.scope_code = kpis.scope_code
),

{% endfor -%}

first_days as (
    select min(entered_date) as first_date
    from (
        {% for family in kpi_families() -%}
        select entered_date from {{ family }}_daily
        {{ 'union all' if not loop.last }}
        {% endfor %}
    ) as days
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- The company's row over everything is there for every KPI: it says why where there is no figure.
unpivoted as (
    {% for family in kpi_families() -%}
    select *
    from {{ family }}_unpivoted
    where eligible_count > 0 or (period_code = 'all' and scope_code = 'company')
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    unpivoted.kpi_id,
    unpivoted.period_code,
    coalesce(unpivoted.period_start_date, first_days.first_date, as_of.as_of_date) as period_start_date,
    unpivoted.scope_code,
    unpivoted.scope_id,
    unpivoted.numerator,
    unpivoted.denominator,
    unpivoted.squares,
    unpivoted.input_count,
    unpivoted.eligible_count,
    unpivoted.hidden_code,
    unpivoted.in_progress_count
from unpivoted
cross join first_days
cross join as_of
where coalesce(unpivoted.period_start_date, first_days.first_date, as_of.as_of_date) is not null
{% endmacro %}


{# The company over everything, with sums of nothing, in the columns of a family's scoped sums. #}
{% macro nothing_happened(keys, measures) -%}
select
        'company' as scope_code,
        'company' as scope_id,
        'all' as period_code,
        cast(null as date) as period_start_date,
        {% for key in keys %}cast(null as string) as {{ key }},
        {% endfor -%}
        {% for measure, type in measures.items() %}cast(0 as {{ type }}) as {{ measure }}{{ ',\n        ' if not loop.last }}{% endfor %}
{%- endmacro %}

{# Why the sums of the KPI at hand tell nothing: more than a fifth of the events are of deliveries that cannot. #}
{% macro kpi_hidden(family) -%}
{%- set cases = [] -%}
{%- for line in kpi_definitions() if line.family == family and line.hidden -%}
    {%- set parts = [] -%}
    {%- for count, of, reason in line.hidden -%}
        {%- do parts.append(' when 5 * (' ~ count ~ ') > ' ~ of ~ " then '" ~ reason ~ "'") -%}
    {%- endfor -%}
    {%- do cases.append(' when ' ~ kpi_number(line.kpi_id) ~ ' then case' ~ parts | join ~ ' end') -%}
{%- endfor -%}
{% if cases %}case kpis.kpi_number{{ cases | join }} end{% else %}cast(null as string){% endif %}
{%- endmacro %}


{# `sum(x) as x` of every measure, in its own type. #}
{% macro summed(measures) -%}
{% for measure, type in measures.items() %}cast(sum({{ measure }}) as {{ type }}) as {{ measure }}{{ ',\n        ' if not loop.last }}{% endfor %}
{%- endmacro %}

{# A relation of one column with the codes as its rows. #}
{% macro listed_codes(name, column, codes) -%}
(values {% for code in codes %}('{{ code }}'){{ ', ' if not loop.last }}{% endfor %}) as {{ name }} ({{ column }})
{%- endmacro %}

{# A relation of a family's KPIs by their number in the definitions, one row per scope of each. #}
{% macro listed_kpis(family) -%}
    {%- set rows = [] -%}
    {%- for line in kpi_definitions() if line.family == family -%}
        {%- for scope_code in kpi_scope_sets()[line.scopes] -%}
            {%- do rows.append("(" ~ kpi_number(line.kpi_id) ~ ", '" ~ line.kpi_id ~ "', '" ~ scope_code ~ "')") -%}
        {%- endfor -%}
    {%- endfor -%}
(values {{ rows | join(', ') }}) as kpis (kpi_number, kpi_id, scope_code)
{%- endmacro %}

{# One of the sums of the KPI at hand. #}
{% macro kpi_sum(family, part, type) -%}
case kpis.kpi_number{% for line in kpi_definitions() if line.family == family %} when {{ kpi_number(line.kpi_id) }} then cast({{ line[part] }} as {{ type }}){% endfor %} end
{%- endmacro %}

{# What may still change the KPI at hand: events of its own windows, else those of its family. #}
{% macro kpi_open(family) -%}
case kpis.kpi_number{% for line in kpi_definitions() if line.family == family %} when {{ kpi_number(line.kpi_id) }} then cast({{ line.open or kpi_families()[family].open }} as bigint){% endfor %} end
{%- endmacro %}

{% macro kpi_number(kpi_id) %}{{ return((kpi_definitions() | map(attribute='kpi_id') | list).index(kpi_id)) }}{% endmacro %}

{# The member of a scope to which a row belongs. #}
{% macro scope_member(family, scope_code) -%}
case {{ scope_code }}{% for code, column in family_scopes(family).items() %} when '{{ code }}' then {{ column or "'company'" }}{% endfor %} end
{%- endmacro %}


{# First day of the period that holds a day; null for `all`, which begins with the first day known. #}
{% macro period_start(period_code, day) -%}
case {{ period_code }}
    when 'day' then {{ day }}
    when 'week' then {{ week_start(day) }}
    when 'month' then {{ month_start(day) }}
end
{%- endmacro %}


{# Last day of the period that begins with a day; null for `all`. #}
{% macro period_end(period_code, day) -%}
case {{ period_code }}
    when 'day' then {{ day }}
    when 'week' then {{ add_days(day, 6) }}
    when 'month' then {{ add_days(add_months(day, 1), -1) }}
end
{%- endmacro %}


{# First day of the period before; null for `all`. #}
{% macro previous_period_start(period_code, day) -%}
case {{ period_code }}
    when 'day' then {{ add_days(day, -1) }}
    when 'week' then {{ add_days(day, -7) }}
    when 'month' then {{ add_months(day, -1) }}
end
{%- endmacro %}


{# All scopes that some KPI of the family has. #}
{% macro family_scopes(family) %}
    {% set scopes = {} %}
    {% for line in kpi_definitions() if line.family == family %}
        {% do scopes.update(kpi_scope_sets()[line.scopes]) %}
    {% endfor %}
    {{ return(scopes) }}
{% endmacro %}

{% macro scope_columns(family) %}
    {{ return(family_scopes(family).values() | reject('none') | list) }}
{% endmacro %}


{# The additive columns of an aggregate by the last word of their names, with their types. #}
{% macro summed_columns(aggregate) %}
    {% set measures = {} %}
    {% if execute %}
        {% for node in graph.nodes.values() if node.resource_type == 'model' and node.name == aggregate %}
            {% for column in node.columns.values() if column.name.split('_')[-1] in ['count', 'seconds', 'squares', 'sum', 'points', 'amount'] %}
                {% do measures.update({column.name: column.data_type}) %}
            {% endfor %}
        {% endfor %}
    {% endif %}
    {{ return(measures) }}
{% endmacro %}


{# The member of a scope of visits to which a row of `daily` belongs. #}
{% macro visit_scope_member(scope_code) -%}
case {{ scope_code }}{% for code, column in kpi_scope_sets()['visits'].items() %} when '{{ code }}' then {{ 'daily.' ~ column if column else "'company'" }}{% endfor %} end
{%- endmacro %}
