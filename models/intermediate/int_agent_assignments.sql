with

agents as (
    {{ current_rows(ref('int_agents_unioned'), ref('int_agents_superseded')) }}
),

-- An assignment ends where the next one of the same agent begins, whatever its own end says:
-- a day belongs to the latest assignment that has begun, so that no leg is joined twice.
ended as (
    select
        agent_id,
        team_id,
        site_id,
        left_date,
        valid_from_date,
        valid_to_date as delivered_to_date,
        lead(valid_from_date) over (partition by agent_id order by valid_from_date)
            as next_from_date
    from agents
)

select
    agent_id,
    team_id,
    site_id,
    left_date,
    valid_from_date,
    least(
        coalesce(delivered_to_date, cast('9999-12-31' as date)),
        coalesce({{ add_days('next_from_date', -1) }}, cast('9999-12-31' as date))
    ) as valid_to_date
from ended
