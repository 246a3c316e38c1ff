with

contact_legs as (
    select * from {{ ref('fct_contact_legs') }}
    where is_answered and is_promotion_known is not false
),

contacts as (
    select * from {{ ref('fct_contacts') }}
),

contact_reasons as (
    select * from {{ ref('dim_contact_reasons') }}
    where is_promotion_eligible
),

kinds as (
    select * from {{ ref('channel_kinds') }}
    where is_selfcare
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
    contact_legs.entered_date,
    contact_legs.promoted_channel_code,
    contacts.channel_code as contact_channel_code,
    contacts.entered_at as contact_entered_at,
    coalesce(
        contact_legs.promoted_channel_code != coalesce(contacts.channel_code, 'unassigned')
        and kinds.channel_code is null,
        false
    ) as is_promoted
from contact_legs
inner join contact_reasons on contact_legs.reason_code = contact_reasons.reason_code
inner join contacts on contact_legs.contact_id = contacts.contact_id
left join kinds on contact_legs.promoted_channel_code = kinds.channel_code
