with

agents as (
    {{ current_rows(ref('int_agents_unioned'), ref('int_agents_superseded')) }}
),

-- Assignments may overlap: one that was never closed, or a posting of a few days inside a
-- longer one. Every first day and every day after a last one begins a span in which one set of
-- assignments holds; of these the one that began last is the agent's.
bounds as (
    select agent_id, valid_from_date as span_from_date
    from agents
    union
    select agent_id, {{ add_days('valid_to_date', 1) }} as span_from_date
    from agents
    where valid_to_date is not null
),

spans as (
    select
        agent_id,
        span_from_date,
        coalesce(
            {{ add_days('lead(span_from_date) over (partition by agent_id order by span_from_date)', -1) }},
            cast('9999-12-31' as date)
        ) as span_to_date
    from bounds
),

held as (
    select
        spans.agent_id,
        agents.team_id,
        agents.site_id,
        agents.left_date,
        spans.span_from_date as valid_from_date,
        spans.span_to_date as valid_to_date,
        row_number() over (
            partition by spans.agent_id, spans.span_from_date order by agents.valid_from_date desc
        ) as beginning_rank
    from spans
    inner join agents
        on
            spans.agent_id = agents.agent_id
            and spans.span_from_date between agents.valid_from_date
            and coalesce(agents.valid_to_date, cast('9999-12-31' as date))
)

select
    agent_id,
    team_id,
    site_id,
    left_date,
    valid_from_date,
    valid_to_date
from held
where beginning_rank = 1
