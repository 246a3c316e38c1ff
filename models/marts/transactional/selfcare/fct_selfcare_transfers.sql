with

transfers_sent as (
    select * from {{ ref('int_selfcare_transfers_sent') }}
),

selfcare_sessions as (
    select * from {{ ref('int_selfcare_sessions_placed') }}
),

contacts as (
    select * from {{ ref('int_customer_contacts') }}
    where is_for_person
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- By the contact that sent the customer, where the session names one; else by the customer.
started as (
    select transfers_sent.contact_id, transfers_sent.leg_number
    from transfers_sent
    inner join selfcare_sessions on transfers_sent.contact_id = selfcare_sessions.sent_by_contact_id
    where
        {{ seconds_between('transfers_sent.sent_at', 'selfcare_sessions.started_at') }}
        <= {{ var('selfcare_start_seconds') }}
    union
    select transfers_sent.contact_id, transfers_sent.leg_number
    from transfers_sent
    inner join selfcare_sessions on transfers_sent.customer_id = selfcare_sessions.customer_id
    where
        selfcare_sessions.sent_by_contact_id is null
        and selfcare_sessions.started_at >= transfers_sent.earliest_sent_at
        and {{ seconds_between('transfers_sent.sent_at', 'selfcare_sessions.started_at') }}
        <= {{ var('selfcare_start_seconds') }}
),

returned as (
    select distinct transfers_sent.contact_id, transfers_sent.leg_number
    from transfers_sent
    inner join contacts
        on
            transfers_sent.customer_id = contacts.customer_id
            and transfers_sent.issue_reason_code = contacts.issue_reason_code
            and transfers_sent.contact_id != contacts.contact_id
            and contacts.entered_at >= transfers_sent.sent_at
            and {{ seconds_between('transfers_sent.sent_at', 'contacts.entered_at') }}
            <= {{ var('selfcare_return_seconds') }}
),

followed as (
    select
        transfers_sent.*,
        case
            when transfers_sent.customer_id is not null or started.contact_id is not null
                then started.contact_id is not null
        end as has_start,
        case when transfers_sent.customer_id is not null then returned.contact_id is not null end as has_return,
        {{ add_seconds('transfers_sent.sent_at', var('selfcare_start_seconds')) }} <= as_of.as_of_at
            as is_start_closed,
        {{ add_seconds('transfers_sent.sent_at', var('selfcare_return_seconds')) }} <= as_of.as_of_at as is_closed
    from transfers_sent
    left join started
        on transfers_sent.contact_id = started.contact_id and transfers_sent.leg_number = started.leg_number
    left join returned
        on transfers_sent.contact_id = returned.contact_id and transfers_sent.leg_number = returned.leg_number
    cross join as_of
),

judged as (
    select
        contact_id,
        leg_number,
        customer_id,
        agent_id,
        site_id,
        queue_id,
        channel_code,
        entry_reason_code,
        team_id,
        reason_code,
        sent_to_channel_code,
        case when is_start_closed then has_start end as is_started,
        has_return,
        case when is_closed and customer_id is not null then has_start and not has_return end as is_successful,
        is_start_closed,
        is_closed,
        entered_date,
        sent_at
    from followed
)

select * from judged
