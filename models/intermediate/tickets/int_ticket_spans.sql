with

tickets_placed as (
    select * from {{ ref('int_tickets_placed') }}
),

ticket_states as (
    select *
    from {{ ref('int_ticket_states') }}
    where is_resolution
),

ticket_schedules as (
    select * from {{ ref('int_ticket_schedules') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

resolved as (
    select ticket_id, min(stated_at) as resolved_at
    from ticket_states
    group by ticket_id
),

ended as (
    select
        ticket_id,
        'first_reply' as measured_code,
        first_human_reply_at as ended_at
    from tickets_placed
    union all
    select
        ticket_id,
        'first_resolution' as measured_code,
        resolved_at as ended_at
    from resolved
    union all
    select
        tickets_placed.ticket_id,
        'age' as measured_code,
        as_of.as_of_at as ended_at
    from tickets_placed
    left join resolved on tickets_placed.ticket_id = resolved.ticket_id
    cross join as_of
    where resolved.ticket_id is null
),

cut as (
    select
        ended.ticket_id,
        ended.measured_code,
        ticket_schedules.calendar_code,
        ticket_schedules.from_at,
        least(ticket_schedules.until_at, ended.ended_at) as until_at
    from ended
    inner join ticket_schedules on ended.ticket_id = ticket_schedules.ticket_id
    where ticket_schedules.from_at <= ended.ended_at
)

select * from cut
