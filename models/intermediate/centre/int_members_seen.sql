with

contact_legs as (
    select * from {{ ref('int_contact_legs_unioned') }}
),

agents as (
    select * from {{ ref('int_agents_unioned') }}
),

defaults as (
    select * from {{ ref('int_defaults') }}
),

contact_reasons as (
    select * from {{ source('lists', 'contact_reasons') }}
),

tickets as (
    select * from {{ ref('int_tickets_unioned') }}
),

channel_words as (
    select * from {{ ref('int_channel_words') }}
),

-- One pass over the legs; the members are then read off a few hundred combinations.
combinations as (
    select distinct site_id, queue_id, entry_reason_code, reason_code
    from contact_legs
),

seen as (
    select 'site' as scope_code, site_id as member_id from combinations
    union
    select 'site' as scope_code, site_id as member_id from agents
    union
    select 'site' as scope_code, site_id as member_id from defaults
    union
    select 'queue' as scope_code, queue_id as member_id from combinations
    union
    select 'channel' as scope_code, channel_code as member_id from channel_words
    union
    select 'reason' as scope_code, entry_reason_code as member_id from combinations
    union
    select 'reason' as scope_code, reason_code as member_id from combinations
    union
    select 'reason' as scope_code, issue_reason_code as member_id from contact_reasons
    union
    select 'reason' as scope_code, reason_code as member_id from tickets
    union
    select 'queue' as scope_code, queue_id as member_id from tickets
    union
    select 'team' as scope_code, team_id as member_id from agents
)

select scope_code, member_id
from seen
where member_id is not null
