-- Figures from elsewhere stop the publication when ours are too far from them: a feed that lost
-- files, or counts something else. Over all days of a source and measure, so that one bad day does
-- not; the days are in rpt_reconciliation.
select
    source_code,
    measure_code,
    sum(abs(residual_count)) as residual_count,
    sum(control_count) as control_count
from {{ ref('rpt_reconciliation') }}
where check_code = 'control_totals' and residual_count is not null
group by source_code, measure_code
having sum(abs(residual_count)) > {{ var('reconciliation_residual_limit') }} * sum(control_count)
