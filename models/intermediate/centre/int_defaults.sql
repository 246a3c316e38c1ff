with

settings as (
    select * from {{ source('home', 'settings') }}
),

sites as (
    select * from {{ source('lists', 'sites') }}
),

-- The list of sites may name the default; two defaults would be a mistake of the list, and
-- the first by name is taken so that no row is doubled.
listed as (
    select min(site_id) as site_id
    from sites
    where is_default
)

select
    settings.zone_name,
    settings.currency_code,
    coalesce(listed.site_id, settings.site_id) as site_id
from settings
cross join listed
