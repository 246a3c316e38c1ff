with

contact_legs as (
    select *
    from {{ ref('int_contact_legs_placed') }}
    where
        {{ near_touched_days('entered_at') }}
        and entered_date in ({{ touched_days('int_touched_days', 'contacts') }})
),

thresholds as (
    select * from {{ ref('int_short_abandon_thresholds') }}
),

agent_assignments as (
    select * from {{ ref('int_agent_assignments') }}
),

callbacks as (
    select * from {{ ref('int_callbacks_reached') }}
),

outcomes as (
    select * from {{ ref('leg_outcomes') }}
),

kinds as (
    select * from {{ ref('channel_kinds') }}
),

rules as (
    select * from {{ ref('int_service_level_rules') }}
),

policies as (
    select * from {{ ref('service_level_policies') }}
),

deliveries_limited as (
    select * from {{ ref('int_leg_deliveries_limited') }}
),

service_waits as (
    select * from {{ ref('int_service_waits') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- The thresholds in force on the day of entry: the queue's, else the site's, else the centre's.
-- Those of a site or the centre mean live channels: 30 seconds for a mail would be no promise. On a
-- channel that nobody knows only a queue's own threshold and clock hold.
limited as (
    select
        contact_legs.*,
        coalesce(
            queue_thresholds.threshold_seconds,
            site_thresholds.threshold_seconds,
            company_thresholds.threshold_seconds,
            {{ var('short_abandon_seconds') }}
        ) as short_abandon_seconds,
        cast(case
            when contact_legs.channel_code is not null and kinds.channel_code is null
                then case when queue_rules.clock_code is not null then queue_rules.threshold_seconds end
            else coalesce(
                queue_rules.threshold_seconds,
                case when kinds.is_deferred then {{ var('deferred_service_level_seconds') }} end,
                site_rules.threshold_seconds,
                company_rules.threshold_seconds,
                {{ var('service_level_seconds') }}
            )
        end as bigint) as service_level_seconds,
        coalesce(
            case
                when queue_rules.threshold_seconds is not null then queue_rules.clock_code
                when kinds.is_deferred then 'business'
                when site_rules.threshold_seconds is not null then site_rules.clock_code
                when company_rules.threshold_seconds is not null then company_rules.clock_code
            end,
            case when kinds.is_deferred then 'business' else 'calendar' end
        ) as service_clock_code,
        coalesce(
            queue_rules.policy_code,
            site_rules.policy_code,
            company_rules.policy_code,
            '{{ var('service_level_policy') }}'
        ) as service_level_policy_code,
        coalesce(kinds.is_deferred, false) as is_deferred,
        contact_legs.direction_code = 'inbound'
        and contact_legs.callback_of_contact_id is null
        and not coalesce(contact_legs.is_test, false) as is_demand,
        coalesce(contact_legs.actor_kind_code, 'person') = 'person' as is_person,
        coalesce(deliveries_limited.is_one_sided, false) as is_one_sided,
        coalesce(deliveries_limited.is_limited, false) as is_limited,
        coalesce(deliveries_limited.is_transfer_unknown, false) as is_transfer_unknown,
        coalesce(deliveries_limited.is_wrong_queue_unknown, false) as is_wrong_queue_unknown,
        not coalesce(deliveries_limited.is_sending_unknown, false) as is_sending_known,
        not coalesce(deliveries_limited.is_promotion_unknown, false) as is_promotion_known,
        coalesce(deliveries_limited.is_declaration_unknown, false) as is_declaration_unknown,
        as_of.as_of_at
    from contact_legs
    left join kinds on contact_legs.channel_code = kinds.channel_code
    left join deliveries_limited on contact_legs.delivery_id = deliveries_limited.delivery_id
    left join thresholds as queue_thresholds
        on
            queue_thresholds.scope_code = 'queue'
            and queue_thresholds.scope_id = contact_legs.queue_id
            and contact_legs.entered_date between queue_thresholds.valid_from_date and queue_thresholds.valid_to_date
    left join thresholds as site_thresholds
        on
            site_thresholds.scope_code = 'site'
            and site_thresholds.scope_id = contact_legs.placed_site_id
            and contact_legs.entered_date between site_thresholds.valid_from_date and site_thresholds.valid_to_date
    left join thresholds as company_thresholds
        on
            company_thresholds.scope_code = 'company'
            and contact_legs.entered_date >= company_thresholds.valid_from_date
            and contact_legs.entered_date <= company_thresholds.valid_to_date
    left join rules as queue_rules
        on
            queue_rules.scope_code = 'queue'
            and queue_rules.scope_id = contact_legs.queue_id
            and contact_legs.entered_date between queue_rules.valid_from_date and queue_rules.valid_to_date
    left join rules as site_rules
        on
            site_rules.scope_code = 'site'
            and site_rules.scope_id = contact_legs.placed_site_id
            and contact_legs.entered_date between site_rules.valid_from_date and site_rules.valid_to_date
    left join rules as company_rules
        on
            company_rules.scope_code = 'company'
            and contact_legs.entered_date >= company_rules.valid_from_date
            and contact_legs.entered_date <= company_rules.valid_to_date
    cross join as_of
),

judged as (
    select
        limited.*,
        {{ leg_outcome() }} as judged_outcome_code,
        {{ add_seconds(
            'coalesce(limited.callback_promised_at, limited.entered_at)', var('callback_promise_seconds')
        ) }} as promised_until_at
    from limited
),

-- A visit of a deferred channel that nobody answered or ended is late once it is older than the
-- threshold; its age runs on the same clock as a wait. A person's reply ends it, closed or not.
waited as (
    select
        judged.*,
        judged.is_demand and judged.queue_id is not null and not outcomes.is_before_queue as is_visit,
        outcomes.is_offered as is_offered_outcome,
        outcomes.is_abandoned as is_abandoned_outcome,
        {{ service_level_outcome() }} as service_level_outcome_code,
        case
            when judged.service_clock_code = 'business' and service_waits.contact_id is not null
                then service_waits.business_seconds
            when {{ service_level_outcome() }} = 'open_deferred'
                then {{ seconds_between('judged.entered_at', 'judged.as_of_at') }}
            else judged.wait_seconds
        end <= judged.service_level_seconds as is_within_service_level
    from judged
    inner join outcomes on judged.judged_outcome_code = outcomes.outcome_code
    left join service_waits
        on
            judged.contact_id = service_waits.contact_id
            and judged.leg_number = service_waits.leg_number
),

measured as (
    select
        waited.contact_id,
        waited.leg_number,
        waited.source_code,
        waited.customer_id,
        waited.direction_code,
        waited.channel_code,
        waited.queue_id,
        waited.placed_site_id as site_id,
        waited.entry_reason_code,
        waited.agent_id,
        agent_assignments.team_id,
        waited.reason_code,
        waited.judged_outcome_code as outcome_code,
        waited.outcome_code is null and waited.judged_outcome_code = 'answered' as is_outcome_inferred,
        waited.is_demand,
        waited.is_visit,
        waited.is_demand and waited.queue_id is not null and waited.is_offered_outcome as is_offered,
        waited.is_demand and waited.judged_outcome_code = 'answered' as is_answered,
        waited.is_demand and waited.queue_id is not null and waited.is_abandoned_outcome as is_abandoned,
        waited.is_demand
        and waited.judged_outcome_code = 'answered'
        and waited.talk_seconds is not null
        and waited.hold_seconds is not null
        and waited.wrap_up_seconds is not null as is_handled,
        case when waited.is_visit then waited.service_level_outcome_code end as service_level_outcome_code,
        case when waited.is_visit then waited.service_level_policy_code end as service_level_policy_code,
        case when waited.is_visit then waited.service_level_seconds end as service_level_seconds,
        case when waited.is_visit then waited.is_within_service_level end as is_within_threshold,
        case when waited.is_visit then {{ is_service_level_counted() }} else false end as is_service_level_counted,
        case when waited.is_visit then {{ is_service_level_met() }} else false end as is_service_level_met,
        waited.transfer_kind_code,
        waited.transferred_at,
        case
            when not waited.is_demand or waited.judged_outcome_code != 'answered' then false
            when waited.is_transfer_unknown then null
            when waited.transfer_kind_code is not null then true
            when waited.transferred_at is null then false
        end as is_transferred,
        case
            when not waited.is_demand or waited.judged_outcome_code != 'answered' then false
            when waited.is_wrong_queue_unknown then null
            when waited.transfer_kind_code is null and waited.transferred_at is null then false
            when waited.transfer_kind_code is not null then
                {{ seconds_between('waited.answered_at', 'waited.transferred_at') }}
                <= {{ var('wrong_queue_seconds') }}
        end as is_wrong_queue,
        waited.is_visit and coalesce(waited.is_callback_offered, false) as is_callback_offered,
        case
            when not waited.is_visit or waited.judged_outcome_code != 'callback_taken' then false
            when callbacks.reached_at <= waited.promised_until_at then true
            when callbacks.has_unknown_instant then null
            else false
        end as is_callback_reached,
        case
            when not waited.is_visit or waited.judged_outcome_code != 'callback_taken' then null
            when waited.promised_until_at > waited.as_of_at then 'open'
            when callbacks.reached_at <= waited.promised_until_at then 'in_time'
            when callbacks.has_unknown_instant then 'reached_unknown'
            when callbacks.reached_at is not null then 'reached_late'
            else 'not_reached'
        end as callback_state_code,
        waited.unanswered_ring_count,
        case when waited.is_sending_known then waited.sent_to_channel_code end as sent_to_channel_code,
        case when waited.is_promotion_known then waited.promoted_channel_code end as promoted_channel_code,
        waited.is_one_sided,
        waited.is_limited,
        waited.is_sending_known,
        waited.is_promotion_known,
        case when not waited.is_declaration_unknown then waited.is_resolved end as is_resolved,
        coalesce(waited.is_test, false) as is_test,
        (waited.judged_outcome_code = 'in_progress' and not waited.is_deferred)
        or (
            waited.is_visit
            and waited.service_level_outcome_code = 'open_deferred'
            and coalesce(waited.is_within_service_level, false)
        )
        or (
            waited.is_visit
            and waited.judged_outcome_code = 'callback_taken'
            and waited.promised_until_at > waited.as_of_at
        ) as is_open,
        waited.entered_date,
        case when coalesce(waited.has_entry_clock, true) then {{ half_hour_start('waited.entered_at') }} end
            as half_hour_at,
        waited.contact_started_at,
        waited.entered_at,
        waited.answered_at,
        waited.ended_at,
        waited.wait_seconds,
        waited.talk_seconds,
        waited.hold_seconds,
        waited.wrap_up_seconds,
        waited.talk_seconds + waited.hold_seconds + waited.wrap_up_seconds as handle_seconds
    from waited
    left join policies
        on
            waited.service_level_policy_code = policies.policy_code
            and waited.service_level_outcome_code = policies.outcome_code
    left join agent_assignments
        on
            waited.agent_id = agent_assignments.agent_id
            and waited.entered_date between agent_assignments.valid_from_date and agent_assignments.valid_to_date
    left join callbacks on waited.contact_id = callbacks.contact_id
)

select * from measured
