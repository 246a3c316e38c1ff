with

tickets as (
    select * from {{ ref('fct_tickets') }}
),

keyed as (
    select
        entered_date,
        {{ member('site_id') }},
        {{ member('queue_id') }},
        {{ member('channel_code') }},
        {{ member('reason_code') }},
        cast(count(*) as bigint) as ticket_count,
        {{ count_where('resolved_at is not null') }} as solved_count,
        {{ count_where('is_in_target is not null') }} as decided_count,
        {{ count_where('is_in_target') }} as in_target_count,
        {{ count_where('is_undecidable') }} as undecidable_count,
        {{ count_where('first_reply_seconds is null') }} as unreplied_count,
        {{ count_where('first_reply_seconds is not null') }} as replied_count,
        {{ total_where('first_reply_seconds', 'first_reply_seconds is not null') }} as first_reply_seconds,
        {{ total_where('first_reply_seconds * first_reply_seconds', 'first_reply_seconds is not null') }}
            as first_reply_seconds_squares,
        {{ count_where('since_resolution_seconds >= ' ~ var('reopen_window_seconds')) }} as settled_solved_count,
        {{ count_where(
            'has_changes and since_resolution_seconds >= ' ~ var('reopen_window_seconds')
        ) }} as reopening_known_count,
        {{ count_where(
            'has_changes and since_resolution_seconds >= ' ~ var('reopen_window_seconds')
            ~ ' and until_reopening_seconds <= ' ~ var('reopen_window_seconds')
        ) }} as reopened_count,
        {{ count_where('first_reply_seconds is null and not is_solved') }} as open_reply_count,
        {{ count_where('target_seconds is not null and is_in_target is null and not is_undecidable') }}
            as open_target_count,
        {{ count_where('since_resolution_seconds < ' ~ var('reopen_window_seconds')) }} as open_window_count
    from tickets
    group by entered_date, {{ members(['site_id', 'queue_id', 'channel_code', 'reason_code']) }}
)

select * from keyed
