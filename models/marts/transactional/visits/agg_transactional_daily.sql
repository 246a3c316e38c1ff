with

contact_legs as (
    select *
    from {{ ref('fct_contact_legs') }}
    where entered_date in ({{ touched_days('int_touched_days', 'contacts') }})
),

contacts as (
    select *
    from {{ ref('fct_contacts') }}
    where entered_date in ({{ touched_days('int_touched_days', 'contacts') }})
),

-- Events of two grains, each on its own keys (a contact has no team): an event says nothing
-- about the measures of the other grain, so one aggregate serves both.
counted as (
    select
        entered_date,
        site_id,
        queue_id,
        channel_code,
        entry_reason_code,
        team_id,
        reason_code,
        outcome_code,
        is_outcome_inferred,
        is_visit,
        is_offered,
        is_answered,
        is_handled,
        is_one_sided,
        is_limited,
        is_callback_reached,
        is_visit and coalesce(is_service_level_counted, true) as is_service_level_visit,
        is_visit and coalesce(is_service_level_counted, false) as is_service_level_counted,
        is_visit and is_service_level_met as is_service_level_met,
        is_answered and is_transferred is not null as is_transfer_known,
        is_transferred,
        transfer_kind_code,
        is_wrong_queue,
        is_callback_offered,
        callback_state_code,
        unanswered_ring_count,
        wait_seconds,
        talk_seconds,
        hold_seconds,
        wrap_up_seconds,
        handle_seconds,
        false as is_arrived_contact,
        false as is_lost_contact,
        false as is_dissuaded_contact,
        false as is_answered_contact,
        cast(null as boolean) as is_transferred_contact,
        cast(null as boolean) as is_resolved_contact,
        cast(null as bigint) as contact_handle_seconds
    from contact_legs
    where not is_test and direction_code != 'outbound'
    union all
    select
        entered_date,
        site_id,
        queue_id,
        channel_code,
        entry_reason_code,
        cast(null as string) as team_id,
        reason_code,
        cast(null as string) as outcome_code,
        false as is_outcome_inferred,
        false as is_visit,
        false as is_offered,
        false as is_answered,
        false as is_handled,
        is_one_sided,
        is_limited,
        false as is_callback_reached,
        false as is_service_level_visit,
        false as is_service_level_counted,
        false as is_service_level_met,
        false as is_transfer_known,
        false as is_transferred,
        cast(null as string) as transfer_kind_code,
        false as is_wrong_queue,
        false as is_callback_offered,
        cast(null as string) as callback_state_code,
        cast(null as bigint) as unanswered_ring_count,
        cast(null as bigint) as wait_seconds,
        cast(null as bigint) as talk_seconds,
        cast(null as bigint) as hold_seconds,
        cast(null as bigint) as wrap_up_seconds,
        cast(null as bigint) as handle_seconds,
        is_arrived as is_arrived_contact,
        is_lost as is_lost_contact,
        is_arrived and is_dissuaded as is_dissuaded_contact,
        is_answered as is_answered_contact,
        has_transfer as is_transferred_contact,
        is_resolved as is_resolved_contact,
        handle_seconds as contact_handle_seconds
    from contacts
    where is_demand
),

keyed as (
    select
        entered_date,
        {{ member('site_id') }},
        {{ member('queue_id') }},
        {{ member('channel_code') }},
        {{ member('entry_reason_code') }},
        {{ member('team_id') }},
        {{ member('reason_code') }},
        {{ count_where('is_visit') }} as received_count,
        {{ count_where('is_offered') }} as offered_count,
        {{ count_where('is_offered and is_answered') }} as answered_count,
        {{ count_where('is_offered and is_one_sided') }} as one_sided_count,
        {{ count_where('is_offered and is_answered and is_one_sided') }} as one_sided_answered_count,
        {{ count_where('is_offered and is_limited') }} as limited_count,
        {{ count_where("is_visit and outcome_code = 'short_abandon'") }} as short_abandon_count,
        {{ count_where("is_visit and outcome_code = 'abandoned'") }} as abandoned_count,
        {{ count_where(
            "is_visit and outcome_code = 'abandoned' and wait_seconds is null and is_one_sided is not true"
        ) }} as untimed_abandon_count,
        {{ count_where("is_visit and outcome_code = 'abandoned_ringing'") }} as abandoned_ringing_count,
        {{ count_where("is_visit and outcome_code = 'callback_taken'") }} as callback_taken_count,
        {{ count_where('is_callback_reached') }} as callback_reached_count,
        {{ count_where('is_callback_reached is null') }} as callback_unknown_count,
        {{ count_where("is_visit and outcome_code = 'voicemail'") }} as voicemail_count,
        {{ count_where("is_visit and outcome_code = 'overflow_out'") }} as overflow_out_count,
        {{ count_where("is_visit and outcome_code = 'system_loss'") }} as system_loss_count,
        {{ count_where("is_visit and outcome_code = 'lost_record'") }} as lost_record_count,
        {{ count_where("is_visit and outcome_code = 'in_progress'") }} as in_progress_count,
        {{ count_where('is_offered and is_answered and wait_seconds is not null') }} as answered_wait_count,
        {{ total_where('wait_seconds', 'is_offered and is_answered') }} as answered_wait_seconds,
        {{ total_where('wait_seconds * wait_seconds', 'is_offered and is_answered') }} as answered_wait_seconds_squares,
        {{ count_where('is_offered and wait_seconds is not null and is_one_sided is not true') }}
            as offered_wait_count,
        {{ total_where('wait_seconds', 'is_offered and is_one_sided is not true') }} as offered_wait_seconds,
        {{ total_where('wait_seconds * wait_seconds', 'is_offered and is_one_sided is not true') }}
            as offered_wait_seconds_squares,
        {{ count_where('is_service_level_visit') }} as service_level_visit_count,
        {{ count_where('is_service_level_counted') }} as service_level_counted_count,
        {{ count_where('is_service_level_met') }} as service_level_met_count,
        {{ count_where("is_callback_offered and outcome_code not in ('in_progress', 'lost_record')") }}
            as callback_offered_count,
        {{ count_where("is_callback_offered and outcome_code = 'lost_record'") }} as lost_callback_offered_count,
        {{ count_where("is_callback_offered and outcome_code = 'callback_taken'") }} as callback_accepted_count,
        {{ count_where("callback_state_code != 'open'") }} as callback_closed_count,
        {{ count_where("callback_state_code in ('in_time', 'reached_late', 'reached_unknown')") }}
            as callback_closed_reached_count,
        {{ count_where("callback_state_code in ('in_time', 'reached_late', 'not_reached')") }}
            as callback_closed_known_count,
        {{ count_where("callback_state_code = 'in_time'") }} as callback_closed_kept_count,
        {{ total_where('unanswered_ring_count', 'is_visit') }} as unanswered_ring_count,
        {{ count_where('is_answered') }} as answered_leg_count,
        {{ count_where('is_answered and is_outcome_inferred') }} as inferred_answer_count,
        {{ count_where('is_transfer_known') }} as transfer_known_count,
        {{ count_where('is_transfer_known and is_transferred') }} as transferred_count,
        {{ count_where("is_transfer_known and is_transferred and transfer_kind_code = 'blind'") }}
            as blind_transfer_count,
        {{ count_where("is_transfer_known and is_transferred and transfer_kind_code = 'consult'") }}
            as consult_transfer_count,
        {{ count_where("is_transfer_known and is_transferred and transfer_kind_code = 'external'") }}
            as external_transfer_count,
        {{ count_where('is_transfer_known and is_wrong_queue is not null') }} as wrong_queue_known_count,
        {{ count_where('is_transfer_known and is_wrong_queue') }} as wrong_queue_count,
        {{ count_where('is_answered and talk_seconds is not null') }} as talk_count,
        {{ total_where('talk_seconds', 'is_answered') }} as talk_seconds,
        {{ total_where('talk_seconds * talk_seconds', 'is_answered') }} as talk_seconds_squares,
        {{ count_where('is_answered and hold_seconds is not null') }} as hold_count,
        {{ total_where('hold_seconds', 'is_answered') }} as hold_seconds,
        {{ total_where('hold_seconds * hold_seconds', 'is_answered') }} as hold_seconds_squares,
        {{ count_where('is_answered and wrap_up_seconds is not null') }} as wrap_up_count,
        {{ total_where('wrap_up_seconds', 'is_answered') }} as wrap_up_seconds,
        {{ total_where('wrap_up_seconds * wrap_up_seconds', 'is_answered') }} as wrap_up_seconds_squares,
        {{ count_where('is_handled') }} as handled_count,
        {{ total_where('handle_seconds', 'is_handled') }} as handle_seconds,
        {{ total_where('handle_seconds * handle_seconds', 'is_handled') }} as handle_seconds_squares,
        {{ count_where('is_arrived_contact or is_lost_contact') }} as ended_contact_count,
        {{ count_where('is_arrived_contact') }} as arrived_contact_count,
        {{ count_where('is_arrived_contact and is_answered_contact') }} as arrived_answered_contact_count,
        {{ count_where('is_arrived_contact and is_one_sided') }} as one_sided_contact_count,
        {{ count_where('is_arrived_contact and is_answered_contact and is_one_sided') }}
            as one_sided_answered_contact_count,
        {{ count_where('is_arrived_contact and is_limited') }} as limited_contact_count,
        {{ count_where('is_dissuaded_contact') }} as dissuaded_contact_count,
        {{ count_where('is_answered_contact') }} as answered_contact_count,
        {{ count_where('is_answered_contact and is_transferred_contact is not null') }}
            as transfer_known_contact_count,
        {{ count_where('is_answered_contact and is_transferred_contact') }} as transferred_contact_count,
        {{ count_where('is_answered_contact and contact_handle_seconds is not null') }} as handled_contact_count,
        {{ total_where('contact_handle_seconds', 'is_answered_contact') }} as contact_handle_seconds,
        {{ total_where('contact_handle_seconds * contact_handle_seconds', 'is_answered_contact') }}
            as contact_handle_seconds_squares,
        {{ count_where('is_answered_contact and is_resolved_contact is not null') }} as declared_contact_count,
        {{ count_where('is_answered_contact and is_resolved_contact') }} as resolved_contact_count
    from counted
    group by
        entered_date,
        {{ members(['site_id', 'queue_id', 'channel_code', 'entry_reason_code', 'team_id', 'reason_code']) }}
)

select * from keyed
