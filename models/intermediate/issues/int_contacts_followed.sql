with

contacts as (
    select * from {{ ref('fct_contacts') }}
),

contact_legs as (
    select *
    from {{ ref('fct_contact_legs') }}
    where not is_test
),

issue_reasons as (
    select * from {{ ref('int_issue_reasons') }}
),

-- A contact asked for a person if one answered or it counts as offered: short abandons, outbound
-- calls, callbacks, what a menu or bot served and what has no end are none. It ended at the latest
-- instant that its legs tell.
worked as (
    select
        contact_id,
        bool_or(is_offered or is_answered) as is_asked,
        max(coalesce(ended_at, entered_at)) as ended_at,
        {{ count_where('is_answered') }} as answered_leg_count,
        {{ count_where('is_handled') }} as handled_count,
        {{ total_where('handle_seconds', 'is_handled') }} as handle_seconds
    from contact_legs
    group by contact_id
)

select
    contacts.contact_id,
    contacts.customer_id,
    coalesce(
        issue_reasons.issue_reason_code, contacts.reason_code, contacts.entry_reason_code
    ) as issue_reason_code,
    cast(coalesce(issue_reasons.issue_gap_seconds, {{ usual_issue_gap() }}) as bigint) as issue_gap_seconds,
    contacts.direction_code,
    contacts.channel_code,
    contacts.queue_id,
    contacts.site_id,
    contacts.is_answered,
    worked.is_asked,
    contacts.is_resolved,
    contacts.entered_date,
    contacts.entered_at,
    worked.ended_at,
    worked.answered_leg_count,
    worked.handled_count,
    worked.handle_seconds
from contacts
inner join worked on contacts.contact_id = worked.contact_id
left join issue_reasons
    on coalesce(contacts.reason_code, contacts.entry_reason_code) = issue_reasons.reason_code
