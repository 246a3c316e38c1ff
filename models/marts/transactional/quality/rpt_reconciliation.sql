with

contact_legs as (
    select *
    from {{ ref('fct_contact_legs') }}
    where is_visit
),

control_totals as (
    select * from {{ ref('int_control_totals_current') }}
),

daily as (
    select
        source_code,
        queue_id,
        entered_date as measured_date,
        outcome_code,
        is_offered,
        is_abandoned,
        cast(count(*) as bigint) as visit_count
    from contact_legs
    group by source_code, queue_id, entered_date, outcome_code, is_offered, is_abandoned
),

-- What a switch calls abandoned is every abandon but the short ones.
measured as (
    select
        daily.source_code,
        daily.queue_id,
        daily.measured_date,
        measures.measure_code,
        {{ total_where('daily.visit_count', is_measured()) }} as delivered_count
    from daily
    cross join {{ listed_codes('measures', 'measure_code', reconciled_measures()) }}
    group by daily.source_code, daily.queue_id, daily.measured_date, measures.measure_code
    having {{ total_where('daily.visit_count', is_measured()) }} > 0
),

-- Nothing of ours stands beside totals of a time before the source's first visit, or of a source
-- whose visits are not delivered at all; a day or queue without visits after that is a difference.
compared as (
    select
        'control_totals' as check_code,
        coalesce(measured.source_code, control_totals.checked_source_code) as source_code,
        coalesce(measured.queue_id, control_totals.queue_id) as queue_id,
        coalesce(measured.measured_date, control_totals.measured_date) as measured_date,
        coalesce(measured.measure_code, control_totals.measure_code) as measure_code,
        case
            when
                coalesce(measured.measure_code, control_totals.measure_code) in ({{ listed_measures() }})
                and coalesce(measured.measured_date, control_totals.measured_date)
                >= min(measured.measured_date) over (
                    partition by coalesce(measured.source_code, control_totals.checked_source_code)
                )
                then coalesce(measured.delivered_count, 0)
        end as delivered_count,
        control_totals.measured_count as control_count
    from measured
    full outer join control_totals
        on
            measured.source_code = control_totals.checked_source_code
            and measured.queue_id = control_totals.queue_id
            and measured.measured_date = control_totals.measured_date
            and measured.measure_code = control_totals.measure_code
    union all
    select
        'outcomes' as check_code,
        daily.source_code,
        daily.queue_id,
        daily.measured_date,
        'received' as measure_code,
        {{ total_where('daily.visit_count', 'daily.outcome_code in (' ~ listed_outcomes() ~ ')') }} as delivered_count,
        {{ total('daily.visit_count') }} as control_count
    from daily
    group by daily.source_code, daily.queue_id, daily.measured_date
),

judged as (
    select
        compared.*,
        delivered_count - control_count as residual_count,
        {{ ratio('abs(delivered_count - control_count)', 'control_count') }} as residual_share,
        case
            when control_count is null then 'not_reconciled'
            when delivered_count is null and measure_code in ({{ listed_measures() }}) then 'no_visits'
            when delivered_count is null then 'unknown_measure'
            when delivered_count = control_count then 'agrees'
            else 'differs'
        end as status_code
    from compared
)

select
    check_code,
    source_code,
    queue_id,
    measured_date,
    measure_code,
    delivered_count,
    control_count,
    residual_count,
    residual_share,
    status_code,
    case status_code
        when 'not_reconciled' then 'not reconciled: no independent totals'
        when 'no_visits' then 'not reconciled: no visit of the source until then'
        when 'unknown_measure' then 'not reconciled: no such measure here'
        when 'agrees' then 'agrees'
        else 'differs'
    end as status_name
from judged
