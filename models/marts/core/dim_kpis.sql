with

kpis as (
    select * from {{ ref('kpis') }}
),

reported_kpis as (
    select * from {{ ref('reported_kpis') }}
),

lacking as (
    select * from {{ ref('int_kpis_lacking') }}
),

-- The words are a seed; the sums of a KPI are one line, or it is a column of a report: a KPI
-- without either is an error that the tests see.
defined as (
    {{ kpi_definitions_select() }}
)

select
    kpis.kpi_id,
    kpis.kpi_code,
    kpis.family_code,
    kpis.kpi_name_en,
    kpis.kpi_name_fr,
    kpis.unit_code,
    kpis.direction_code,
    kpis.definition_number,
    kpis.is_headline,
    defined.list_number,
    defined.estimator_code,
    defined.scope_set_code,
    defined.cluster_code,
    defined.missing_reason_code,
    defined.window_day_count,
    coalesce(reported_kpis.mart_name, 'kpi_values') as mart_name,
    coalesce(reported_kpis.column_name, 'value') as column_name,
    lacking.lacking_reason_code,
    lacking.lacking_text,
    kpis.source_text
from kpis
left join defined on kpis.kpi_id = defined.kpi_id
left join reported_kpis on kpis.kpi_id = reported_kpis.kpi_id
left join lacking on kpis.kpi_id = lacking.kpi_id
where defined.kpi_id is not null or reported_kpis.kpi_id is not null
