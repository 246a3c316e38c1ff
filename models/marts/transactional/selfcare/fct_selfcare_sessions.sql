with

selfcare_sessions as (
    select * from {{ ref('int_selfcare_sessions_placed') }}
),

selfcare_sessions_clocked as (
    select * from {{ ref('int_selfcare_sessions_clocked') }}
),

contacts as (
    select * from {{ ref('int_customer_contacts') }}
    where is_for_person
),

kinds as (
    select * from {{ ref('channel_kinds') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

returned as (
    select distinct selfcare_sessions.session_id
    from selfcare_sessions
    inner join contacts
        on
            selfcare_sessions.customer_id = contacts.customer_id
            and selfcare_sessions.issue_reason_code = contacts.issue_reason_code
            and contacts.entered_at >= selfcare_sessions.ended_at
            and {{ seconds_between('selfcare_sessions.ended_at', 'contacts.entered_at') }}
            <= {{ var('selfcare_return_seconds') }}
),

-- A session without an end is open until its record must be lost, like a leg.
followed as (
    select
        selfcare_sessions.*,
        kinds.is_digital,
        selfcare_sessions_clocked.is_off_hours,
        case
            when
                selfcare_sessions.customer_id is not null
                and selfcare_sessions.issue_reason_code is not null
                and selfcare_sessions.ended_at is not null then returned.session_id is not null
        end as has_return,
        coalesce(
            {{ add_seconds('selfcare_sessions.ended_at', var('selfcare_return_seconds')) }} <= as_of.as_of_at, false
        ) as is_closed,
        selfcare_sessions.ended_at is null
        and coalesce(
            {{ add_seconds('selfcare_sessions.started_at', var('lost_record_seconds')) }} <= as_of.as_of_at, false
        ) as is_lost
    from selfcare_sessions
    left join selfcare_sessions_clocked
        on selfcare_sessions.session_id = selfcare_sessions_clocked.session_id
    left join kinds on selfcare_sessions.channel_code = kinds.channel_code
    left join returned on selfcare_sessions.session_id = returned.session_id
    cross join as_of
),

judged as (
    select
        session_id,
        customer_id,
        channel_code,
        is_digital,
        site_id,
        reason_code,
        contact_id,
        sent_by_contact_id,
        sent_by_agent_id,
        is_completed,
        is_escalated,
        is_off_hours,
        has_return,
        case
            when is_closed and has_return is not null and is_completed is not null
                then is_completed and not has_return and not coalesce(is_escalated, false)
        end as is_resolved,
        is_closed,
        not is_closed and not is_lost as has_open_window,
        entered_date,
        started_at,
        ended_at
    from followed
)

select * from judged
