with

tickets_placed as (
    select * from {{ ref('int_tickets_placed') }}
),

kpi_targets as (
    select *
    from {{ source('lists', 'kpi_targets') }}
    where kpi_id = 'resolution_in_target_rate' and threshold_seconds is not null
),

issue_reasons as (
    select * from {{ ref('int_issue_reasons') }}
),

-- One row per combination that needs a target: a few thousand, whatever the tickets.
asked as (
    select distinct
        tickets_placed.reason_code,
        issue_reasons.issue_reason_code,
        tickets_placed.priority_code,
        tickets_placed.queue_id,
        tickets_placed.site_id,
        tickets_placed.entered_date
    from tickets_placed
    left join issue_reasons on tickets_placed.reason_code = issue_reasons.reason_code
),

-- Of all targets that fit, the one that names most: reason, then priority, then queue or site;
-- among these the one valid from the latest day, of two for one day the longer, of two as long the
-- one on the business clock.
ranked as (
    select
        asked.reason_code,
        asked.priority_code,
        asked.queue_id,
        asked.site_id,
        asked.entered_date,
        kpi_targets.threshold_seconds,
        coalesce(kpi_targets.clock_code, 'calendar') as clock_code,
        row_number() over (
            partition by
                asked.reason_code, asked.priority_code, asked.queue_id, asked.site_id, asked.entered_date
            order by
                case
                    when kpi_targets.reason_code = asked.reason_code then 1
                    when kpi_targets.reason_code is not null then 2
                    else 3
                end,
                case when kpi_targets.priority_code is not null then 1 else 2 end,
                case kpi_targets.scope_code when 'queue' then 1 when 'site' then 2 else 3 end,
                kpi_targets.valid_from_date desc nulls last,
                kpi_targets.threshold_seconds desc,
                kpi_targets.clock_code asc nulls last
        ) as target_rank
    from asked
    inner join kpi_targets
        on
            (
                kpi_targets.reason_code is null
                or kpi_targets.reason_code = asked.reason_code
                or kpi_targets.reason_code = asked.issue_reason_code
            )
            and (kpi_targets.priority_code is null or kpi_targets.priority_code = asked.priority_code)
            and (
                coalesce(kpi_targets.scope_code, 'company') = 'company'
                or (kpi_targets.scope_code = 'queue' and kpi_targets.scope_id = asked.queue_id)
                or (kpi_targets.scope_code = 'site' and kpi_targets.scope_id = asked.site_id)
            )
            and coalesce(kpi_targets.valid_from_date, cast('0001-01-01' as date)) <= asked.entered_date
)

select
    reason_code,
    priority_code,
    queue_id,
    site_id,
    entered_date,
    threshold_seconds,
    clock_code
from ranked
where target_rank = 1
