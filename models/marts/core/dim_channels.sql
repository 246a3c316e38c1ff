with

members_seen as (
    select * from {{ ref('int_members_seen') }}
),

queues as (
    select * from {{ source('lists', 'queues') }}
),

channels as (
    select member_id as channel_code
    from members_seen
    where scope_code = 'channel'
    union
    select channel_code
    from queues
    where channel_code is not null
    union
    select 'unassigned' as channel_code
)

select channel_code
from channels
