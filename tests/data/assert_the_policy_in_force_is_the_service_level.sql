-- The report counts outcomes, the KPI counts visits: where one policy judged them all, the two are
-- one figure.
select
    levels.period_code,
    levels.period_start_date,
    levels.scope_code,
    levels.scope_id,
    levels.met_count,
    levels.counted_count,
    components.numerator,
    components.denominator
from {{ ref('rpt_service_levels') }} as levels
left join {{ ref('kpi_components') }} as components
    on
        components.kpi_id = 'service_level'
        and levels.period_code = components.period_code
        and levels.period_start_date = components.period_start_date
        and levels.scope_code = components.scope_code
        and levels.scope_id = components.scope_id
where
    levels.is_in_force
    and (
        levels.met_count != coalesce(components.numerator, 0)
        or levels.counted_count != coalesce(components.denominator, 0)
    )
