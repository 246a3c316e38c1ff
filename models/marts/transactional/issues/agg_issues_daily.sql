with

issues as (
    select * from {{ ref('fct_issues') }}
),

judged as (
    select
        issues.*,
        followed_seconds >= {{ var('first_contact_resolution_days') }} * 86400 as is_mature,
        until_repeat_seconds is null
        or until_repeat_seconds > {{ var('first_contact_resolution_days') }} * 86400 as is_unrepeated,
        followed_seconds >= {{ resolution_windows() | last }} as is_settled,
        answered_leg_count = handled_count as is_handled
    from issues
),

keyed as (
    select
        entered_date,
        {{ member('site_id') }},
        {{ member('queue_id') }},
        {{ member('channel_code') }},
        {{ member('reason_code') }},
        {{ count_where('is_followed') }} as issue_count,
        {{ count_where('is_followed and not is_settled') }} as open_window_count,
        {{ count_where('is_mature and is_followed') }} as mature_count,
        {{ count_where('is_mature and not is_followed') }} as mature_unfollowed_count,
        {{ count_where('is_mature and is_followed and is_unrepeated') }} as first_contact_resolved_count,
        {{ count_where('is_settled and is_followed') }} as settled_count,
        {{ count_where('is_settled and not is_followed') }} as settled_unfollowed_count,
        {{ count_where('is_settled and is_followed and is_handled') }} as settled_handled_count,
        {{ total_where('handle_seconds', 'is_settled and is_followed and is_handled') }} as settled_handle_seconds,
        {{ total_where('handle_seconds * handle_seconds', 'is_settled and is_followed and is_handled') }}
            as settled_handle_seconds_squares,
        {{ total_where('repeat_count', 'is_settled and is_followed') }} as settled_repeat_count,
        {{ total_where('contact_count', 'is_settled and is_followed') }} as settled_contact_count,
        {{ total_where('contact_count * contact_count', 'is_settled and is_followed') }}
            as settled_contact_count_squares
    from judged
    group by entered_date, {{ members(['site_id', 'queue_id', 'channel_code', 'reason_code']) }}
)

select * from keyed
