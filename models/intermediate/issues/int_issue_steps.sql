with

contacts_followed as (
    select * from {{ ref('int_contacts_followed') }}
),

selfcare_sessions as (
    {{ current_rows(ref('int_selfcare_sessions_unioned'), ref('int_selfcare_sessions_superseded')) }}
),

issue_reasons as (
    select * from {{ ref('int_issue_reasons') }}
),

stepped as (
    select
        contact_id as step_id,
        'contact' as step_code,
        customer_id,
        issue_reason_code,
        issue_gap_seconds,
        channel_code,
        queue_id,
        site_id,
        is_answered,
        is_asked,
        is_resolved,
        entered_date,
        entered_at as started_at,
        ended_at,
        answered_leg_count,
        handled_count,
        handle_seconds
    from contacts_followed
    union all
    select
        selfcare_sessions.session_id as step_id,
        'session' as step_code,
        selfcare_sessions.customer_id,
        coalesce(issue_reasons.issue_reason_code, selfcare_sessions.reason_code) as issue_reason_code,
        cast(coalesce(issue_reasons.issue_gap_seconds, {{ usual_issue_gap() }}) as bigint) as issue_gap_seconds,
        selfcare_sessions.channel_code,
        cast(null as string) as queue_id,
        selfcare_sessions.site_id,
        false as is_answered,
        false as is_asked,
        cast(null as boolean) as is_resolved,
        cast(null as date) as entered_date,
        selfcare_sessions.started_at,
        coalesce(selfcare_sessions.ended_at, selfcare_sessions.started_at) as ended_at,
        cast(0 as bigint) as answered_leg_count,
        cast(0 as bigint) as handled_count,
        cast(0 as bigint) as handle_seconds
    from selfcare_sessions
    left join issue_reasons on selfcare_sessions.reason_code = issue_reasons.reason_code
    where
        selfcare_sessions.contact_id is null
        and not coalesce(selfcare_sessions.is_escalated, false)
        and selfcare_sessions.customer_id is not null
)

select * from stepped
