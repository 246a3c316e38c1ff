with

tickets as (
    {{ current_rows(ref('int_tickets_unioned'), ref('int_tickets_superseded')) }}
),

ticket_changes as (
    {{ current_rows(ref('int_ticket_changes_unioned'), ref('int_ticket_changes_superseded')) }}
),

-- Open from its creation; then what the changes say, and the delivered resolution, which is all
-- that a system without a history of changes tells. At one instant a change has the last word.
stated as (
    select
        ticket_id,
        created_at as stated_at,
        1 as rank_number,
        false as is_solved,
        false as is_work
    from tickets
    union all
    select
        ticket_id,
        resolved_at as stated_at,
        2 as rank_number,
        true as is_solved,
        false as is_work
    from tickets
    where resolved_at is not null
    union all
    select
        ticket_changes.ticket_id,
        ticket_changes.changed_at as stated_at,
        3 as rank_number,
        lower(ticket_changes.status_code) in ({{ listed_texts(var('solved_status_codes')) }}) as is_solved,
        coalesce(ticket_changes.actor_kind_code = 'person', false) as is_work
    from ticket_changes
    inner join tickets on ticket_changes.ticket_id = tickets.ticket_id
),

compared as (
    select
        stated.*,
        lag(is_solved) over (partition by ticket_id order by stated_at, rank_number) as was_solved
    from stated
),

turned as (
    select
        compared.*,
        coalesce(was_solved, false) and not is_solved as is_reopened,
        sum(case when coalesce(was_solved, false) and not is_solved then 1 else 0 end) over (
            partition by ticket_id order by stated_at, rank_number rows between unbounded preceding and current row
        ) as reopened_count
    from compared
)

-- Work on a re-opened ticket: a person changed it from the re-open to the next one, whichever
-- end he gave it; a re-open by thanks that no person touches has none.
select
    ticket_id,
    stated_at,
    cast(rank_number as integer) as rank_number,
    is_solved,
    is_solved and not coalesce(was_solved, false) as is_resolution,
    is_reopened,
    is_reopened
    and bool_or(is_work) over (partition by ticket_id, reopened_count) as is_worked_reopening
from turned
