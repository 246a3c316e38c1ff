with

contact_legs as (
    select * from {{ source('standard', 'contact_legs') }}
),

-- The wait ends with the answer, else with the visit; a delivered wait only fills the gap
-- of systems that tell no instants.
waited as (
    select
        contact_id,
        leg_number,
        customer_id,
        direction_code,
        channel_code,
        queue_id,
        site_id,
        entry_reason_code,
        agent_id,
        reason_code,
        outcome_code,
        actor_kind_code,
        is_test,
        contact_started_at,
        entered_at,
        has_entry_clock,
        answered_at,
        ended_at,
        coalesce(
            case
                when not has_entry_clock then null
                when coalesce(outcome_code, 'answered') = 'answered'
                    then {{ seconds_between('entered_at', 'answered_at') }}
                else {{ seconds_between('entered_at', 'ended_at') }}
            end,
            wait_seconds
        ) as wait_seconds,
        talk_seconds,
        hold_seconds,
        wrap_up_seconds,
        unanswered_ring_count,
        transfer_kind_code,
        transferred_at,
        is_callback_offered,
        callback_of_contact_id,
        callback_promised_at,
        sent_to_channel_code,
        promoted_channel_code,
        is_resolved,
        updated_at,
        delivery_id,
        line_number,
        delivered_date,
        row_hash
    from contact_legs
)

select * from waited
