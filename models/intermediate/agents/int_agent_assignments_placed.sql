with

agent_assignments as (
    select * from {{ ref('int_agent_assignments') }}
),

teams as (
    select * from {{ ref('dim_teams') }}
),

site_zones as (
    select * from {{ ref('int_site_zones') }}
),

defaults as (
    select * from {{ ref('int_defaults') }}
),

sited as (
    select
        agent_assignments.agent_id,
        agent_assignments.team_id,
        coalesce(agent_assignments.site_id, teams.site_id) as site_id,
        agent_assignments.left_date,
        agent_assignments.valid_from_date,
        agent_assignments.valid_to_date
    from agent_assignments
    left join teams on agent_assignments.team_id = teams.team_id
)

select
    sited.*,
    coalesce(site_zones.zone_name, defaults.zone_name) as zone_name
from sited
left join site_zones on sited.site_id = site_zones.site_id
cross join defaults
