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

-- Fewer than five answers could be read back to a person. Where such a member is hidden, the next
-- smallest are hidden too, until the hidden ones are at least two and hold at least five answers:
-- else the company less the members shown would give them away.
hidden as (
    select
        components.*,
        kpis.estimator_code,
        kpis.missing_reason_code,
        kpis.lacking_reason_code,
        kpis.family_code != 'transactional' as is_personal,
        kpis.family_code != 'transactional' and components.denominator between 1 and 4 as is_under_five
    from components
    inner join kpis on components.kpi_id = kpis.kpi_id
),

ranked as (
    select
        hidden.*,
        case when lacking_reason_code is null then input_count else 0 end as known_count,
        {{ ratio('case when lacking_reason_code is null then input_count else 0 end', 'eligible_count') }}
            as input_share,
        sum(case when is_under_five then 1 else 0 end)
            over (partition by kpi_id, period_code, period_start_date, scope_code) as under_five_count,
        row_number() over ({{ smallest_first() }}) as size_rank,
        coalesce(
            sum(denominator) over ({{ smallest_first() }} rows between unbounded preceding and 1 preceding), 0
        ) as smaller_answer_count
    from hidden
),

estimated as (
    select
        ranked.*,
        case
            when is_under_five then 'under_5'
            when
                is_personal and denominator > 0 and under_five_count > 0
                and (size_rank <= 2 or smaller_answer_count < 5) then 'complementary'
        end as suppression_code,
        case
            when lacking_reason_code is not null then lacking_reason_code
            when hidden_code is not null then hidden_code
            when input_share < 0.8 then missing_reason_code
            when denominator = 0 then 'no_denominator'
        end as reason_code,
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
    known_count as input_count,
    input_share,
    in_progress_count,
    {{ kpi_value() }} as value,
    {{ kpi_low() }} as low,
    {{ kpi_high() }} as high,
    reason_code,
    suppression_code
from estimated
