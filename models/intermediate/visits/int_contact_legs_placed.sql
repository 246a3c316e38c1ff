with

contact_legs as (
    {{ current_rows(ref('int_contact_legs_unioned'), ref('int_contact_legs_superseded')) }}
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

-- Every channel by the product's code; a word that nobody knows stays as it is.
worded as (
    select
        {{ standard_row('contact_legs', 'contact_legs', {
            'channel_code': 'own_words.channel_code',
            'sent_to_channel_code': 'sent_words.channel_code',
            'promoted_channel_code': 'promoted_words.channel_code',
        }) }}
    from contact_legs
    left join channel_words as own_words on contact_legs.channel_code = own_words.word_text
    left join channel_words as sent_words on contact_legs.sent_to_channel_code = sent_words.word_text
    left join channel_words as promoted_words on contact_legs.promoted_channel_code = promoted_words.word_text
),

-- The leg's own site, else its queue's, else the home's: where the demand entered, never
-- where the agent sits.
sited as (
    select
        worded.*,
        coalesce(worded.site_id, queues.site_id, defaults.site_id) as placed_site_id,
        defaults.zone_name as default_zone_name
    from worded
    left join queues on worded.queue_id = queues.queue_id
    cross join defaults
),

placed as (
    select
        sited.*,
        {{ local_date('sited.entered_at', 'coalesce(site_zones.zone_name, sited.default_zone_name)') }}
            as entered_date
    from sited
    left join site_zones on sited.placed_site_id = site_zones.site_id
)

select * from placed
