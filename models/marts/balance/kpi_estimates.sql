with

components as (
    select * from {{ ref('kpi_components') }}
),

kpis as (
    select * from {{ ref('dim_kpis') }}
),

t_quantiles as (
    select * from {{ ref('t_quantiles') }}
),

-- Fewer than five answers could be read back to a person. If that hides exactly one member of
-- a scope, the next smallest is hidden too, or the company would give the first one away.
hidden as (
    select
        components.*,
        kpis.estimator_code,
        kpis.missing_reason_code,
        kpis.family_code != 'transactional' as is_personal,
        kpis.family_code != 'transactional' and components.denominator < 5 as is_under_five
    from components
    inner join kpis on components.kpi_id = kpis.kpi_id
),

ranked as (
    select
        hidden.*,
        {{ ratio('denominator', 'eligible_count') }} as input_share,
        sum(case when is_under_five then 1 else 0 end)
            over (partition by kpi_id, period_code, period_start_date, scope_code) as under_five_count,
        row_number() over (
            partition by kpi_id, period_code, period_start_date, scope_code, is_under_five
            order by denominator, scope_id
        ) as size_rank
    from hidden
),

estimated as (
    select
        ranked.*,
        case
            when is_under_five then 'under_5'
            when is_personal and under_five_count = 1 and size_rank = 1 then 'complementary'
        end as suppression_code,
        case when input_share < 0.8 then missing_reason_code end as reason_code,
        {{ t_quantile_975('denominator - 1', 't_quantiles.quantile_975') }} as quantile
    from ranked
    left join t_quantiles on ranked.denominator - 1 = t_quantiles.degrees_count
)

select
    kpi_id,
    period_code,
    period_start_date,
    scope_code,
    scope_id,
    estimator_code,
    numerator,
    denominator,
    squares,
    input_share,
    in_progress_count,
    {{ kpi_value() }} as value,
    {{ kpi_low() }} as low,
    {{ kpi_high() }} as high,
    reason_code,
    suppression_code
from estimated
