with

members as (
    select * from {{ ref('int_members_named') }}
)

select
    scope_code,
    scope_id,
    member_name_en,
    member_name_fr
from members
