with

kpis as (
    select * from {{ ref('kpis') }}
),

-- The words are a seed, the sums are the one line of each KPI: a KPI without both is an error
-- of the inner join that the tests see.
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
    defined.estimator_code,
    defined.scope_set_code,
    defined.cluster_code,
    defined.missing_reason_code,
    defined.window_day_count,
    kpis.source_text
from kpis
inner join defined on kpis.kpi_id = defined.kpi_id
