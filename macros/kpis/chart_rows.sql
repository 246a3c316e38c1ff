{#
    The rows of `kpi_values` of one kind of period as a chart wants them: with every name, and with
    figures as doubles, because drivers of BI tools cut or refuse decimals of 38 digits. No row is
    lost where a name is missing.
#}
{% macro kpi_chart_rows(period_code) %}
with

figures as (
    select * from {{ ref('kpi_values') }} where period_code = '{{ period_code }}'
),

kpis as (
    select * from {{ ref('dim_kpis') }}
),

scopes as (
    select * from {{ ref('dim_scopes') }}
),

members as (
    select * from {{ ref('dim_members') }}
)

select
    kpis.kpi_name_en || ', ' || lower(coalesce(scopes.scope_name_en, figures.scope_code))
        as chart_name_en,
    kpis.kpi_name_fr || ', ' || lower(coalesce(scopes.scope_name_fr, figures.scope_code))
        as chart_name_fr,
    figures.kpi_id,
    kpis.kpi_name_en,
    kpis.kpi_name_fr,
    kpis.family_code,
    kpis.unit_code,
    kpis.direction_code,
    kpis.is_headline,
    figures.period_start_date,
    figures.scope_code,
    coalesce(scopes.scope_name_en, figures.scope_code) as scope_name_en,
    coalesce(scopes.scope_name_fr, figures.scope_code) as scope_name_fr,
    figures.scope_id,
    coalesce(members.member_name_en, figures.scope_id) as member_name_en,
    coalesce(members.member_name_fr, figures.scope_id) as member_name_fr,
    figures.value,
    figures.low,
    figures.high,
    figures.target,
    figures.previous_value,
    cast(figures.numerator as double) as numerator,
    cast(figures.denominator as double) as denominator,
    figures.event_count,
    figures.input_share,
    figures.status_code,
    figures.note_code,
    figures.is_change_real,
    figures.is_final,
    figures.reason_code,
    figures.suppression_code
from figures
inner join kpis on figures.kpi_id = kpis.kpi_id
left join scopes on figures.scope_code = scopes.scope_code
left join members
    on figures.scope_code = members.scope_code and figures.scope_id = members.scope_id
{% endmacro %}
