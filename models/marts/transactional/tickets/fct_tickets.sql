with

tickets_placed as (
    select * from {{ ref('int_tickets_placed') }}
),

ticket_states as (
    select * from {{ ref('int_ticket_states') }}
),

ticket_targets as (
    select * from {{ ref('int_ticket_targets') }}
),

ticket_seconds as (
    select * from {{ ref('int_ticket_seconds') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

lived as (
    select
        ticket_id,
        min(case when is_resolution then stated_at end) as resolved_at,
        max(case when is_resolution then stated_at end) as last_resolved_at,
        {{ count_where('is_reopened') }} as reopened_count,
        {{ count_where('is_worked_reopening') }} as worked_reopening_count,
        min(case when is_worked_reopening then stated_at end) as reopened_at,
        count(case when is_resolution then 1 end) > count(case when is_reopened then 1 end) as is_solved,
        bool_or(is_change) as has_changes
    from ticket_states
    group by ticket_id
),

clocked as (
    select
        ticket_id,
        max(case when measured_code = 'first_reply' then open_seconds end) as first_reply_open_seconds,
        max(case when measured_code = 'first_resolution' then open_seconds end) as resolution_open_seconds,
        max(case when measured_code = 'age' then open_seconds end) as age_open_seconds
    from ticket_seconds
    group by ticket_id
),

measured as (
    select
        tickets_placed.*,
        lived.resolved_at,
        case when lived.is_solved then lived.last_resolved_at end as fully_resolved_at,
        lived.reopened_at,
        lived.reopened_count,
        lived.worked_reopening_count,
        lived.is_solved,
        lived.has_changes,
        {{ seconds_between('tickets_placed.created_at', 'tickets_placed.first_human_reply_at') }}
            as first_reply_seconds,
        clocked.first_reply_open_seconds,
        {{ seconds_between('tickets_placed.created_at', 'lived.resolved_at') }} as resolution_seconds,
        clocked.resolution_open_seconds,
        {{ seconds_between('tickets_placed.created_at', 'as_of.as_of_at') }} as age_seconds,
        clocked.age_open_seconds,
        {{ seconds_between('lived.resolved_at', 'as_of.as_of_at') }} as since_resolution_seconds,
        {{ seconds_between('lived.resolved_at', 'lived.reopened_at') }} as until_reopening_seconds,
        ticket_targets.threshold_seconds as target_seconds,
        ticket_targets.clock_code
    from tickets_placed
    inner join lived on tickets_placed.ticket_id = lived.ticket_id
    left join clocked on tickets_placed.ticket_id = clocked.ticket_id
    left join ticket_targets
        on
            tickets_placed.entered_date = ticket_targets.entered_date
            and tickets_placed.reason_code is not distinct from ticket_targets.reason_code
            and tickets_placed.priority_code is not distinct from ticket_targets.priority_code
            and tickets_placed.queue_id is not distinct from ticket_targets.queue_id
            and tickets_placed.site_id is not distinct from ticket_targets.site_id
    cross join as_of
),

-- Within the target or not, by the target's own clock; a ticket that is still younger than its
-- target is not decided yet, and without the queue's calendar it cannot be.
judged as (
    select
        measured.*,
        case
            when resolved_at is not null and clock_code = 'business' then resolution_open_seconds <= target_seconds
            when resolved_at is not null then resolution_seconds <= target_seconds
            when clock_code = 'business' and age_open_seconds >= target_seconds then false
            when clock_code != 'business' and age_seconds >= target_seconds then false
        end as is_in_target,
        target_seconds is not null
        and clock_code = 'business'
        and resolution_open_seconds is null
        and age_open_seconds is null
        and (resolved_at is not null or age_seconds >= 0) as is_undecidable
    from measured
)

select
    ticket_id,
    contact_id,
    customer_id,
    site_id,
    queue_id,
    channel_code,
    reason_code,
    priority_code,
    entered_date,
    created_at,
    first_human_reply_at,
    resolved_at,
    fully_resolved_at,
    reopened_at,
    is_solved,
    has_changes,
    reopened_count,
    worked_reopening_count,
    first_reply_seconds,
    first_reply_open_seconds,
    resolution_seconds,
    resolution_open_seconds,
    {{ seconds_between('created_at', 'fully_resolved_at') }} as full_resolution_seconds,
    age_seconds,
    since_resolution_seconds,
    until_reopening_seconds,
    target_seconds,
    clock_code,
    is_in_target,
    is_undecidable
from judged
