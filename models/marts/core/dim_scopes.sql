with

scopes as (
    select * from {{ ref('scopes') }}
)

select
    scope_code,
    scope_name_en,
    scope_name_fr
from scopes
