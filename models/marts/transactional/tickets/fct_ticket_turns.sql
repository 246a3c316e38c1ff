with

tickets_placed as (
    select * from {{ ref('int_tickets_placed') }}
),

ticket_states as (
    select *
    from {{ ref('int_ticket_states') }}
    where rank_number = 1 or is_resolution or is_reopened
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

turned as (
    select
        ticket_states.ticket_id,
        tickets_placed.site_id,
        tickets_placed.queue_id,
        tickets_placed.reason_code,
        cast(
            row_number() over (
                partition by ticket_states.ticket_id order by ticket_states.stated_at, ticket_states.rank_number
            ) as integer
        ) as turn_number,
        case
            when ticket_states.rank_number = 1 then 'opened'
            when ticket_states.is_resolution then 'solved'
            else 'reopened'
        end as turn_code,
        ticket_states.stated_at as turned_at,
        {{ local_date('ticket_states.stated_at', 'tickets_placed.zone_name') }} as turned_date,
        ticket_states.is_worked_reopening,
        {{ local_date('as_of.as_of_at', 'tickets_placed.zone_name') }} as as_of_date
    from ticket_states
    inner join tickets_placed on ticket_states.ticket_id = tickets_placed.ticket_id
    cross join as_of
)

select * from turned
