-- Unknown keys are the member `unassigned`, so no event may be lost or doubled on the way from
-- the company to its sites, queues, channels, teams or reasons.
with

added as (
    select
        kpi_id,
        period_code,
        period_start_date,
        scope_code,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from {{ ref('kpi_components') }}
    where scope_code != 'company'
    group by kpi_id, period_code, period_start_date, scope_code
),

company as (
    select *
    from {{ ref('kpi_components') }}
    where scope_code = 'company'
)

select added.*
from added
left join company
    on
        added.kpi_id = company.kpi_id
        and added.period_code = company.period_code
        and added.period_start_date = company.period_start_date
where
    company.kpi_id is null
    or added.numerator != company.numerator
    or added.denominator != company.denominator
