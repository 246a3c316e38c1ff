with

tickets as (
    {{ current_rows(ref('int_tickets_unioned'), ref('int_tickets_superseded')) }}
),

contacts as (
    select * from {{ ref('fct_contacts') }}
),

queues as (
    select * from {{ source('lists', 'queues') }}
),

channel_words as (
    select * from {{ ref('int_channel_words') }}
),

site_zones as (
    select * from {{ ref('int_site_zones') }}
),

defaults as (
    select * from {{ ref('int_defaults') }}
),

-- The ticket's own keys, else those of the contact that opened it, else its queue's.
keyed as (
    select
        tickets.ticket_id,
        tickets.contact_id,
        coalesce(tickets.customer_id, contacts.customer_id) as customer_id,
        coalesce(contacts.site_id, queues.site_id, defaults.site_id) as site_id,
        coalesce(tickets.queue_id, contacts.queue_id) as queue_id,
        coalesce(contacts.channel_code, channel_words.channel_code) as channel_code,
        coalesce(tickets.reason_code, contacts.reason_code, contacts.entry_reason_code) as reason_code,
        tickets.priority_code,
        queues.calendar_code,
        tickets.created_at,
        tickets.first_human_reply_at,
        defaults.zone_name as default_zone_name
    from tickets
    left join contacts on tickets.contact_id = contacts.contact_id
    left join queues on coalesce(tickets.queue_id, contacts.queue_id) = queues.queue_id
    left join channel_words on queues.channel_code = channel_words.word_text
    cross join defaults
),

dated as (
    select
        keyed.*,
        {{ local_date('keyed.created_at', 'coalesce(site_zones.zone_name, keyed.default_zone_name)') }} as entered_date,
        coalesce(site_zones.zone_name, keyed.default_zone_name) as zone_name
    from keyed
    left join site_zones on keyed.site_id = site_zones.site_id
)

select * from dated
