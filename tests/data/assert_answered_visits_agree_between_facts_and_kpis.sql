-- The long way (facts, then KPI) and the short one (count the legs) must give one number: a leg
-- that a join doubled or a day that was not built anew shows up here. Where nobody knows whether the
-- promise of a callback was kept, the visit is in neither sum.
with

from_facts as (
    select
        count(case when is_offered and is_callback_reached is not null then 1 end) as offered_count,
        count(case when (is_offered and is_answered) or is_callback_reached then 1 end) as answered_count
    from {{ ref('fct_contact_legs') }}
    where not is_test and not is_one_sided
),

from_kpis as (
    select denominator, numerator
    from {{ ref('kpi_estimates') }}
    where kpi_id = 'answer_rate' and period_code = 'all' and scope_code = 'company'
)

select *
from from_facts
left join from_kpis on true
where
    offered_count != coalesce(denominator, 0)
    or answered_count != coalesce(numerator, 0)
