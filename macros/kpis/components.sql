{#
    The sums of every KPI per period and scope. In this order because it is many times cheaper
    than one select per KPI, period and scope: each family's aggregate is summed per period,
    then per scope, and only these few rows are turned into one row per KPI.
#}
{% macro kpi_components() %}
with

{% for family, options in kpi_families().items() -%}
{{ family }}_daily as (
    select * from {{ ref(options.aggregate) }}
),

{% set measures = summed_columns(options.aggregate) -%}
{% set keys = scope_columns(family) -%}
{{ family }}_periods as (
    {% for period_code in options.periods -%}
    select
        '{{ period_code }}' as period_code,
        {{ period_start(period_code, 'entered_date') }} as period_start_date,
        {{ keys | join(', ') }},
        {% for measure, type in measures.items() %}cast(sum({{ measure }}) as {{ type }}) as {{ measure }}{{ ',\n        ' if not loop.last }}{% endfor %}
    from {{ family }}_daily
    group by {{ period_start(period_code, 'entered_date') ~ ', ' if period_code != 'all' }}{{ keys | join(', ') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

{{ family }}_scopes as (
    {% for scope_code, column in family_scopes(family).items() -%}
    select
        period_code,
        period_start_date,
        '{{ scope_code }}' as scope_code,
        {{ column or "'company'" }} as scope_id,
        {% for measure, type in measures.items() %}cast(sum({{ measure }}) as {{ type }}) as {{ measure }}{{ ',\n        ' if not loop.last }}{% endfor %}
    from {{ family }}_periods
    group by period_code, period_start_date{{ ', ' ~ column if column }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
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

unpivoted as (
    {% for line in kpi_definitions() -%}
    select
        '{{ line.kpi_id }}' as kpi_id,
        period_code,
        coalesce(period_start_date, first_days.first_date) as period_start_date,
        scope_code,
        scope_id,
        cast({{ line.numerator }} as decimal(38, 12)) as numerator,
        cast({{ line.denominator }} as bigint) as denominator,
        cast({{ line.squares }} as decimal(38, 12)) as squares,
        cast({{ line.eligible }} as bigint) as eligible_count,
        cast({{ 'in_progress_count' if line.family == 'transactional' else '0' }} as bigint) as in_progress_count
    from {{ line.family }}_scopes
    cross join first_days
    where
        scope_code in ('{{ kpi_scope_sets()[line.scopes].keys() | join("', '") }}')
        and {{ line.eligible }} > 0
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from unpivoted
{% endmacro %}


{# First day of the period that holds a day; null for `all`, which begins with the first day known. #}
{% macro period_start(period_code, day) -%}
{%- if period_code == 'day' -%}{{ day }}
{%- elif period_code == 'all' -%}cast(null as date)
{%- elif period_code == 'week' -%}{{ week_start(day) }}
{%- else -%}{{ month_start(day) }}
{%- endif -%}
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
            {% for column in node.columns.values() if column.name.split('_')[-1] in ['count', 'seconds', 'squares', 'sum', 'points'] %}
                {% do measures.update({column.name: column.data_type}) %}
            {% endfor %}
        {% endfor %}
    {% endif %}
    {{ return(measures) }}
{% endmacro %}
