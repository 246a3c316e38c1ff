with

ticket_states as (
    select *
    from {{ ref('int_ticket_states') }}
    where is_worked_reopening
),

tickets_placed as (
    select * from {{ ref('int_tickets_placed') }}
)

select
    ticket_states.ticket_id,
    tickets_placed.contact_id,
    ticket_states.stated_at as reopened_at
from ticket_states
inner join tickets_placed on ticket_states.ticket_id = tickets_placed.ticket_id
where tickets_placed.contact_id is not null
