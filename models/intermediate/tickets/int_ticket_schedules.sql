with

tickets_unioned as (
    select * from {{ ref('int_tickets_unioned') }}
),

tickets_placed as (
    select * from {{ ref('int_tickets_placed') }}
),

queues as (
    select * from {{ source('lists', 'queues') }}
),

-- Earlier versions of a ticket tell in which queue it lay before; of two with one instant the one
-- that stands everywhere stands here.
ranked as (
    select
        ticket_id,
        queue_id,
        updated_at,
        row_number() over (
            partition by ticket_id, updated_at
            order by delivered_date desc nulls last, row_hash desc, delivery_id asc, line_number asc
        ) as version_rank
    from tickets_unioned
    where updated_at is not null and queue_id is not null
),

compared as (
    select
        ticket_id,
        queue_id,
        updated_at,
        lag(queue_id) over (partition by ticket_id order by updated_at) as before_id
    from ranked
    where version_rank = 1
),

moved as (
    select
        tickets_placed.ticket_id,
        queues.calendar_code,
        compared.updated_at,
        case
            when compared.before_id is null then tickets_placed.created_at
            else greatest(compared.updated_at, tickets_placed.created_at)
        end as from_at
    from tickets_placed
    inner join compared on tickets_placed.ticket_id = compared.ticket_id
    left join queues on compared.queue_id = queues.queue_id
    where compared.before_id is null or compared.before_id != compared.queue_id
    union all
    select
        tickets_placed.ticket_id,
        tickets_placed.calendar_code,
        tickets_placed.created_at as updated_at,
        tickets_placed.created_at as from_at
    from tickets_placed
    left join (select distinct ticket_id from compared) as versioned
        on tickets_placed.ticket_id = versioned.ticket_id
    where versioned.ticket_id is null
)

select
    ticket_id,
    calendar_code,
    from_at,
    lead(from_at) over (partition by ticket_id order by updated_at) as until_at
from moved
