with

selfcare_sessions as (
    {{ current_rows(ref('int_selfcare_sessions_unioned'), ref('int_selfcare_sessions_superseded')) }}
),

channel_words as (
    select * from {{ ref('int_channel_words') }}
),

site_zones as (
    select * from {{ ref('int_site_zones') }}
),

defaults as (
    select * from {{ ref('int_defaults') }}
),

contact_reasons as (
    select * from {{ ref('dim_contact_reasons') }}
),

sited as (
    select
        selfcare_sessions.*,
        coalesce(selfcare_sessions.site_id, defaults.site_id) as placed_site_id,
        defaults.zone_name as default_zone_name
    from selfcare_sessions
    cross join defaults
)

select
    sited.session_id,
    sited.customer_id,
    channel_words.channel_code,
    sited.placed_site_id as site_id,
    sited.reason_code,
    coalesce(contact_reasons.issue_reason_code, sited.reason_code) as issue_reason_code,
    sited.contact_id,
    sited.sent_by_contact_id,
    sited.sent_by_agent_id,
    sited.is_completed,
    -- A contact tells; without one, a silent source stays unknown: null, not false.
    sited.contact_id is not null or sited.is_escalated as is_escalated,
    {{ local_date('sited.started_at', 'coalesce(site_zones.zone_name, sited.default_zone_name)') }} as entered_date,
    sited.sent_at,
    sited.started_at,
    sited.ended_at
from sited
left join channel_words on sited.channel_code = channel_words.word_text
left join site_zones on sited.placed_site_id = site_zones.site_id
left join contact_reasons on sited.reason_code = contact_reasons.reason_code
