with

scopes as (
    select * from {{ ref('scopes') }}
),

sites as (
    select * from {{ ref('dim_sites') }}
),

teams as (
    select * from {{ ref('dim_teams') }}
),

queues as (
    select * from {{ ref('dim_queues') }}
),

channels as (
    select * from {{ ref('dim_channels') }}
),

channel_kinds as (
    select * from {{ ref('channel_kinds') }}
),

contact_reasons as (
    select * from {{ ref('dim_contact_reasons') }}
),

reasons_named as (
    select
        reason_code,
        reason_name_en,
        coalesce(reason_name_fr, reason_name_en) as reason_name_fr
    from contact_reasons
),

-- Sessions run on channels on which no leg ever came: the product's own words name those too.
channels_named as (
    select
        coalesce(channels.channel_code, channel_kinds.channel_code) as channel_code,
        channel_kinds.channel_name_en,
        channel_kinds.channel_name_fr
    from channels
    full outer join channel_kinds on channels.channel_code = channel_kinds.channel_code
),

members as (
    select
        'company' as scope_code,
        'company' as scope_id,
        scope_name_en as member_name_en,
        scope_name_fr as member_name_fr
    from scopes
    where scope_code = 'company'
    union all
    select
        'site' as scope_code,
        site_id as scope_id,
        site_name as member_name_en,
        site_name as member_name_fr
    from sites
    union all
    select
        'team' as scope_code,
        team_id as scope_id,
        team_name as member_name_en,
        team_name as member_name_fr
    from teams
    union all
    select
        'queue' as scope_code,
        queue_id as scope_id,
        queue_name as member_name_en,
        queue_name as member_name_fr
    from queues
    union all
    select
        'channel' as scope_code,
        channel_code as scope_id,
        channel_name_en as member_name_en,
        channel_name_fr as member_name_fr
    from channels_named
    union all
    select
        'entry_reason' as scope_code,
        reason_code as scope_id,
        reason_name_en as member_name_en,
        reason_name_fr as member_name_fr
    from reasons_named
    union all
    select
        'reason' as scope_code,
        reason_code as scope_id,
        reason_name_en as member_name_en,
        reason_name_fr as member_name_fr
    from reasons_named
)

select
    members.scope_code,
    members.scope_id,
    case
        when members.scope_id = 'unassigned' then scopes.unassigned_name_en
        else coalesce(members.member_name_en, members.scope_id)
    end as member_name_en,
    case
        when members.scope_id = 'unassigned' then scopes.unassigned_name_fr
        else coalesce(members.member_name_fr, members.scope_id)
    end as member_name_fr
from members
inner join scopes on members.scope_code = scopes.scope_code
