with

deliveries as (
    select * from {{ source('home', 'deliveries') }}
),

built_deliveries as (
    select * from {{ source('home', 'built_deliveries') }}
),

build as (
    select * from {{ source('home', 'build') }}
)

select
    deliveries.delivery_id,
    coalesce(build.is_full, true) as is_full_build
from deliveries
left join built_deliveries
    on
        deliveries.delivery_id = built_deliveries.delivery_id
        and deliveries.contract_code = built_deliveries.contract_code
left join build on true
where
    deliveries.is_active
    and not coalesce(built_deliveries.is_active, false)
