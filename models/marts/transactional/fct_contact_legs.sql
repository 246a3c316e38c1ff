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

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- The threshold in force on the day of entry: the queue's, else the site's, else the centre's.
limited as (
    select
        contact_legs.*,
        coalesce(
            queue_thresholds.threshold_seconds,
            site_thresholds.threshold_seconds,
            company_thresholds.threshold_seconds,
            {{ var('short_abandon_seconds') }}
        ) as short_abandon_seconds,
        contact_legs.direction_code = 'inbound'
        and contact_legs.callback_of_contact_id is null
        and not coalesce(contact_legs.is_test, false) as is_demand,
        coalesce(contact_legs.actor_kind_code, 'person') = 'person' as is_person,
        as_of.as_of_at
    from contact_legs
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
    cross join as_of
),

judged as (
    select
        limited.*,
        {{ leg_outcome() }} as judged_outcome_code
    from limited
),

measured as (
    select
        judged.contact_id,
        judged.leg_number,
        judged.customer_id,
        judged.direction_code,
        judged.channel_code,
        judged.queue_id,
        judged.placed_site_id as site_id,
        judged.entry_reason_code,
        judged.agent_id,
        agent_assignments.team_id,
        judged.reason_code,
        judged.judged_outcome_code as outcome_code,
        judged.is_demand and judged.queue_id is not null and not outcomes.is_before_queue as is_visit,
        judged.is_demand and judged.queue_id is not null and outcomes.is_offered as is_offered,
        judged.is_demand and judged.judged_outcome_code = 'answered' as is_answered,
        judged.is_demand
        and judged.judged_outcome_code = 'answered'
        and judged.talk_seconds is not null
        and judged.hold_seconds is not null
        and judged.wrap_up_seconds is not null as is_handled,
        judged.is_demand
        and judged.queue_id is not null
        and judged.judged_outcome_code = 'callback_taken'
        and coalesce(
            callbacks.reached_at <= {{ add_seconds('judged.entered_at', var('callback_promise_seconds')) }},
            false
        ) as is_callback_reached,
        judged.is_resolved,
        coalesce(judged.is_test, false) as is_test,
        judged.entered_date,
        judged.contact_started_at,
        judged.entered_at,
        judged.answered_at,
        judged.ended_at,
        judged.wait_seconds,
        judged.talk_seconds,
        judged.hold_seconds,
        judged.wrap_up_seconds,
        judged.talk_seconds + judged.hold_seconds + judged.wrap_up_seconds as handle_seconds
    from judged
    inner join outcomes on judged.judged_outcome_code = outcomes.outcome_code
    left join agent_assignments
        on
            judged.agent_id = agent_assignments.agent_id
            and judged.entered_date between agent_assignments.valid_from_date and agent_assignments.valid_to_date
    left join callbacks on judged.contact_id = callbacks.contact_id
)

select * from measured
