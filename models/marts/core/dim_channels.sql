with

members_seen as (
    select * from {{ ref('int_members_seen') }}
),

kinds as (
    select * from {{ ref('channel_kinds') }}
),

channels as (
    select member_id as channel_code
    from members_seen
    where scope_code = 'channel'
    union
    select 'unassigned' as channel_code
)

select
    channels.channel_code,
    kinds.is_digital,
    kinds.is_deferred,
    kinds.is_selfcare
from channels
left join kinds on channels.channel_code = kinds.channel_code
