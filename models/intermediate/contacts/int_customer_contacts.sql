with

contacts as (
    select * from {{ ref('fct_contacts') }}
    where is_demand and customer_id is not null
),

contact_reasons as (
    select * from {{ ref('dim_contact_reasons') }}
),

-- An abandoned contact has no declared reason: there the menu's speaks for it.
reasoned as (
    select
        contacts.*,
        coalesce(contacts.reason_code, contacts.entry_reason_code) as known_reason_code
    from contacts
)

select
    reasoned.contact_id,
    reasoned.customer_id,
    reasoned.channel_code,
    coalesce(contact_reasons.issue_reason_code, reasoned.known_reason_code) as issue_reason_code,
    reasoned.is_for_person,
    reasoned.entered_at
from reasoned
left join contact_reasons on reasoned.known_reason_code = contact_reasons.reason_code
