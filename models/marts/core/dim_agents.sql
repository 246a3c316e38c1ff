with

agent_assignments as (
    select * from {{ ref('int_agent_assignments') }}
)

select
    agent_id,
    team_id,
    site_id,
    valid_from_date,
    valid_to_date,
    left_date
from agent_assignments
