with

contact_legs as (
    select *
    from {{ ref('fct_contact_legs') }}
    where is_visit and entered_date in ({{ touched_days('int_touched_days', 'contacts') }})
),

keyed as (
    select
        half_hour_at,
        entered_date,
        {{ member('site_id') }},
        {{ member('queue_id') }},
        cast(count(*) as bigint) as received_count,
        {{ count_where('is_offered') }} as offered_count,
        {{ count_where('is_answered') }} as answered_count,
        {{ count_where('is_offered and is_one_sided') }} as one_sided_count,
        {{ count_where('is_answered and is_one_sided') }} as one_sided_answered_count,
        {{ count_where("outcome_code = 'short_abandon'") }} as short_abandon_count,
        {{ count_where("outcome_code = 'abandoned'") }} as abandoned_count,
        {{ count_where("outcome_code = 'abandoned_ringing'") }} as abandoned_ringing_count,
        {{ count_where("outcome_code = 'callback_taken'") }} as callback_taken_count,
        {{ count_where('is_callback_reached') }} as callback_reached_count,
        {{ count_where('is_callback_reached is null') }} as callback_unknown_count,
        {{ count_where("outcome_code = 'voicemail'") }} as voicemail_count,
        {{ count_where("outcome_code = 'overflow_out'") }} as overflow_out_count,
        {{ count_where("outcome_code = 'system_loss'") }} as system_loss_count,
        {{ count_where("outcome_code = 'lost_record'") }} as lost_record_count,
        {{ count_where("outcome_code = 'in_progress'") }} as in_progress_count,
        {{ count_where('is_answered and wait_seconds is not null') }} as answered_wait_count,
        {{ total_where('wait_seconds', 'is_answered') }} as answered_wait_seconds,
        {{ count_where('is_offered and wait_seconds is not null and is_one_sided is not true') }}
            as offered_wait_count,
        {{ total_where('wait_seconds', 'is_offered and is_one_sided is not true') }} as offered_wait_seconds,
        {{ count_where('is_service_level_counted') }} as service_level_counted_count,
        {{ count_where('is_service_level_met') }} as service_level_met_count,
        {{ count_where('is_handled') }} as handled_count,
        {{ total_where('handle_seconds', 'is_handled') }} as handle_seconds
    from contact_legs
    group by half_hour_at, entered_date, {{ members(['site_id', 'queue_id']) }}
)

select * from keyed
