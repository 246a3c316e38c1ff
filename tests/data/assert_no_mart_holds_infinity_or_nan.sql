-- 1/0 is infinity and 0/0 is no number on one engine and null on another: neither may reach a mart.
select *
from {{ ref('kpi_values') }}
where
    not coalesce(value between -1e300 and 1e300, true)
    or not coalesce(low between -1e300 and 1e300, true)
    or not coalesce(high between -1e300 and 1e300, true)
    or not coalesce(low <= value + 1e-12 and value - 1e-12 <= high, true)
    or not coalesce(change_p_value between 0 and 1, true)
