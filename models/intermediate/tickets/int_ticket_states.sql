with

tickets as (
    {{ current_rows(ref('int_tickets_unioned'), ref('int_tickets_superseded')) }}
),

ticket_changes as (
    {{ current_rows(ref('int_ticket_changes_unioned'), ref('int_ticket_changes_superseded')) }}
),

-- Open from its creation; then what the changes say, and the delivered resolution, which is all
-- that a system without a history of changes tells. At one instant a change has the last word, and
-- what is said of the time before the creation came with it.
stated as (
    select
        ticket_id,
        created_at as told_at,
        created_at as stated_at,
        1 as kind_number,
        false as is_solved,
        false as is_work
    from tickets
    union all
    select
        ticket_id,
        resolved_at as told_at,
        greatest(resolved_at, created_at) as stated_at,
        2 as kind_number,
        true as is_solved,
        false as is_work
    from tickets
    where resolved_at is not null
    union all
    select
        ticket_changes.ticket_id,
        ticket_changes.changed_at as told_at,
        greatest(ticket_changes.changed_at, tickets.created_at) as stated_at,
        3 as kind_number,
        lower(ticket_changes.status_code) in ({{ listed_texts(var('solved_status_codes')) }}) as is_solved,
        coalesce(ticket_changes.actor_kind_code = 'person', false) as is_work
    from ticket_changes
    inner join tickets on ticket_changes.ticket_id = tickets.ticket_id
),

ranked as (
    select
        stated.*,
        row_number() over (partition by ticket_id order by stated_at, kind_number, told_at) as rank_number
    from stated
),

compared as (
    select
        ranked.*,
        lag(is_solved, 1, false) over (partition by ticket_id order by rank_number) as was_solved
    from ranked
),

turned as (
    select
        compared.*,
        was_solved and not is_solved as is_reopened,
        count(case when was_solved and not is_solved then 1 end) over (
            partition by ticket_id order by rank_number rows between unbounded preceding and current row
        ) as reopened_count
    from compared
)

-- Work on a re-opened ticket: a person changed it from the re-open to the next one, whichever
-- end they gave it; a re-open by thanks that no person touches has none.
select
    ticket_id,
    stated_at,
    cast(rank_number as integer) as rank_number,
    kind_number = 3 as is_change,
    is_solved,
    is_solved and not was_solved as is_resolution,
    is_reopened,
    is_reopened
    and bool_or(is_work) over (partition by ticket_id, reopened_count) as is_worked_reopening
from turned
