with

sites as (
    select * from {{ source('lists', 'sites') }}
)

select site_id, max(zone_name) as zone_name
from sites
where zone_name is not null
group by site_id
