with

contact_legs as (
    select * from {{ ref('fct_contact_legs') }}
    where is_answered
),

contacts as (
    select * from {{ ref('fct_contacts') }}
),

selfcare_sessions as (
    select * from {{ ref('int_selfcare_sessions_placed') }}
),

contact_reasons as (
    select * from {{ ref('dim_contact_reasons') }}
    where is_selfcare_eligible
),

kinds as (
    select * from {{ ref('channel_kinds') }}
    where is_selfcare
),

linked as (
    select sent_by_contact_id as contact_id, min(sent_at) as sent_at
    from selfcare_sessions
    group by sent_by_contact_id
)

select
    contact_legs.contact_id,
    contact_legs.leg_number,
    contacts.customer_id,
    contact_legs.agent_id,
    contact_legs.site_id,
    contact_legs.queue_id,
    contact_legs.channel_code,
    contact_legs.entry_reason_code,
    contact_legs.team_id,
    contact_legs.reason_code,
    coalesce(contact_reasons.issue_reason_code, contact_legs.reason_code) as issue_reason_code,
    contact_legs.sent_to_channel_code,
    contact_legs.entered_date,
    coalesce(linked.sent_at, contact_legs.answered_at, contact_legs.entered_at) as earliest_sent_at,
    coalesce(linked.sent_at, contact_legs.ended_at, contact_legs.answered_at, contact_legs.entered_at) as sent_at
from contact_legs
inner join kinds on contact_legs.sent_to_channel_code = kinds.channel_code
inner join contacts on contact_legs.contact_id = contacts.contact_id
inner join contact_reasons on contact_legs.reason_code = contact_reasons.reason_code
left join linked on contact_legs.contact_id = linked.contact_id
