with

ticket_turns as (
    select * from {{ ref('fct_ticket_turns') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- What turned until now, by local day. The last day of a queue, or of the company, is the latest
-- that the clocks of its tickets' sites show; where it is still the day before, now counts.
spread as (
    select
        scopes.scope_code,
        case scopes.scope_code when 'queue' then coalesce(ticket_turns.queue_id, 'unassigned') else 'company' end
            as scope_id,
        ticket_turns.turned_date,
        max(ticket_turns.as_of_date) as last_date,
        {{ count_where("ticket_turns.turn_code = 'opened'") }} as opened_count,
        {{ count_where("ticket_turns.turn_code = 'solved'") }} as solved_count,
        {{ count_where("ticket_turns.turn_code = 'reopened'") }} as reopened_count
    from ticket_turns
    cross join as_of
    cross join {{ listed_codes('scopes', 'scope_code', ['company', 'queue']) }}
    where ticket_turns.turned_at <= as_of.as_of_at
    group by
        scopes.scope_code,
        case scopes.scope_code when 'queue' then coalesce(ticket_turns.queue_id, 'unassigned') else 'company' end,
        ticket_turns.turned_date
),

days as (
    {{ days_between(
        "(select coalesce(min(turned_date), cast('2020-01-01' as date)) from spread)",
        "(select coalesce(max(last_date), cast('2020-01-01' as date)) from spread)"
    ) }}
),

-- Every queue, and the company, on every day from its first ticket on: a day without a turn has a
-- backlog as well.
dated as (
    select
        members.scope_code,
        members.scope_id,
        days.calendar_date as backlog_date,
        coalesce(spread.opened_count, 0) as opened_count,
        coalesce(spread.solved_count, 0) as solved_count,
        coalesce(spread.reopened_count, 0) as reopened_count
    from (
        select
            scope_code,
            scope_id,
            min(turned_date) as first_date,
            max(last_date) as last_date
        from spread
        group by scope_code, scope_id
    ) as members
    inner join days on days.calendar_date between members.first_date and members.last_date
    left join spread
        on
            members.scope_code = spread.scope_code
            and members.scope_id = spread.scope_id
            and days.calendar_date = spread.turned_date
),

summed as (
    select
        backlog_date,
        scope_code,
        scope_id,
        opened_count,
        solved_count,
        reopened_count,
        cast(
            sum(opened_count - solved_count + reopened_count) over (
                partition by scope_code, scope_id order by backlog_date rows between unbounded preceding and current row
            ) as bigint
        ) as open_count
    from dated
)

select * from summed
