with

contact_legs as (
    {{ current_rows(ref('int_contact_legs_unioned'), ref('int_contact_legs_superseded')) }}
),

queues as (
    select * from {{ source('lists', 'queues') }}
),

site_zones as (
    select * from {{ ref('int_site_zones') }}
),

defaults as (
    select * from {{ ref('int_defaults') }}
),

-- The leg's own site, else its queue's, else the home's: where the demand entered, never
-- where the agent sits.
sited as (
    select
        contact_legs.*,
        coalesce(contact_legs.site_id, queues.site_id, defaults.site_id) as placed_site_id,
        defaults.zone_name as default_zone_name
    from contact_legs
    left join queues on contact_legs.queue_id = queues.queue_id
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
