with

contact_legs as (
    select *
    from {{ ref('fct_contact_legs') }}
    where is_answered and channel_code in ({{ listed_texts(var('concurrent_channel_codes')) }})
),

agent_legs as (
    select * from {{ ref('int_agent_legs_placed') }}
),

instants as (
    select * from {{ ref('int_agent_instants_shared') }}
),

bounded as (
    select
        contact_legs.contact_id,
        contact_legs.leg_number,
        contact_legs.agent_id,
        contact_legs.site_id,
        contact_legs.team_id,
        contact_legs.entered_date,
        contact_legs.handle_seconds,
        {{ epoch_seconds('agent_legs.begun_at') }} as begun_seconds
    from contact_legs
    left join agent_legs
        on contact_legs.contact_id = agent_legs.contact_id and contact_legs.leg_number = agent_legs.leg_number
)

select
    bounded.contact_id,
    bounded.leg_number,
    bounded.agent_id,
    bounded.site_id,
    bounded.team_id,
    bounded.entered_date,
    bounded.handle_seconds,
    cast(ended.shared_seconds_sum - begun.shared_seconds_sum as decimal(38, 12)) as effective_handle_sum
from bounded
left join instants as begun
    on bounded.agent_id = begun.agent_id and bounded.begun_seconds = begun.instant_seconds
left join instants as ended
    on
        bounded.agent_id = ended.agent_id
        and bounded.begun_seconds + bounded.handle_seconds = ended.instant_seconds
