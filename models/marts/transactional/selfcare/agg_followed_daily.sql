with

contact_legs as (
    select * from {{ ref('fct_contact_legs') }}
    where is_answered
),

contacts as (
    select * from {{ ref('fct_contacts') }}
    where is_for_person
),

selfcare_transfers as (
    select * from {{ ref('fct_selfcare_transfers') }}
),

selfcare_sessions as (
    select * from {{ ref('fct_selfcare_sessions') }}
),

channel_promotions as (
    select * from {{ ref('fct_channel_promotions') }}
    where is_promoted
),

sale_chances as (
    select * from {{ ref('fct_sale_chances') }}
),

contact_reasons as (
    select * from {{ ref('dim_contact_reasons') }}
),

-- Events of six kinds, each on its own keys. Of an event that is followed: `is_open` while its
-- window is, `is_closed` when it is in question, `is_met` is the verdict, null without one. What
-- an event of a kind does not have is null.
counted as (
    select
        'leg' as event_code,
        contact_legs.entered_date,
        contact_legs.site_id,
        contact_legs.queue_id,
        contact_legs.channel_code,
        contact_legs.entry_reason_code,
        contact_legs.team_id,
        contact_legs.reason_code,
        contact_reasons.is_selfcare_eligible,
        contact_reasons.is_promotion_eligible,
        contact_legs.is_sending_known,
        contact_legs.is_promotion_known,
        false as is_open,
        cast(null as boolean) as is_closed,
        cast(null as boolean) as is_start_closed,
        cast(null as boolean) as is_met,
        cast(null as boolean) as is_started,
        cast(null as boolean) as is_escalated,
        cast(null as boolean) as is_off_hours,
        cast(null as boolean) as is_digital,
        cast(null as bigint) as sale_count,
        cast(null as decimal(18, 2)) as sale_amount
    from contact_legs
    inner join contact_reasons on contact_legs.reason_code = contact_reasons.reason_code
    where contact_reasons.is_selfcare_eligible or contact_reasons.is_promotion_eligible
    union all
    select
        'transfer' as event_code,
        entered_date,
        site_id,
        queue_id,
        channel_code,
        entry_reason_code,
        team_id,
        reason_code,
        cast(null as boolean) as is_selfcare_eligible,
        cast(null as boolean) as is_promotion_eligible,
        cast(null as boolean) as is_sending_known,
        cast(null as boolean) as is_promotion_known,
        not is_closed as is_open,
        is_closed,
        is_start_closed,
        is_successful as is_met,
        case when customer_id is not null then is_started end as is_started,
        cast(null as boolean) as is_escalated,
        cast(null as boolean) as is_off_hours,
        cast(null as boolean) as is_digital,
        cast(null as bigint) as sale_count,
        cast(null as decimal(18, 2)) as sale_amount
    from selfcare_transfers
    union all
    select
        'session' as event_code,
        entered_date,
        site_id,
        cast(null as string) as queue_id,
        channel_code,
        cast(null as string) as entry_reason_code,
        cast(null as string) as team_id,
        reason_code,
        cast(null as boolean) as is_selfcare_eligible,
        cast(null as boolean) as is_promotion_eligible,
        cast(null as boolean) as is_sending_known,
        cast(null as boolean) as is_promotion_known,
        has_open_window as is_open,
        not has_open_window as is_closed,
        cast(null as boolean) as is_start_closed,
        is_resolved as is_met,
        cast(null as boolean) as is_started,
        is_escalated,
        is_off_hours,
        is_digital,
        cast(null as bigint) as sale_count,
        cast(null as decimal(18, 2)) as sale_amount
    from selfcare_sessions
    union all
    select
        'contact' as event_code,
        entered_date,
        site_id,
        queue_id,
        channel_code,
        entry_reason_code,
        cast(null as string) as team_id,
        reason_code,
        cast(null as boolean) as is_selfcare_eligible,
        cast(null as boolean) as is_promotion_eligible,
        cast(null as boolean) as is_sending_known,
        cast(null as boolean) as is_promotion_known,
        false as is_open,
        cast(null as boolean) as is_closed,
        cast(null as boolean) as is_start_closed,
        cast(null as boolean) as is_met,
        cast(null as boolean) as is_started,
        cast(null as boolean) as is_escalated,
        cast(null as boolean) as is_off_hours,
        is_digital,
        cast(null as bigint) as sale_count,
        cast(null as decimal(18, 2)) as sale_amount
    from contacts
    union all
    select
        'promotion' as event_code,
        entered_date,
        site_id,
        queue_id,
        channel_code,
        entry_reason_code,
        team_id,
        reason_code,
        cast(null as boolean) as is_selfcare_eligible,
        cast(null as boolean) as is_promotion_eligible,
        cast(null as boolean) as is_sending_known,
        cast(null as boolean) as is_promotion_known,
        not is_closed and not coalesce(has_prior_use, false) as is_open,
        is_closed and not coalesce(has_prior_use, false) as is_closed,
        cast(null as boolean) as is_start_closed,
        is_adopted as is_met,
        cast(null as boolean) as is_started,
        cast(null as boolean) as is_escalated,
        cast(null as boolean) as is_off_hours,
        cast(null as boolean) as is_digital,
        cast(null as bigint) as sale_count,
        cast(null as decimal(18, 2)) as sale_amount
    from channel_promotions
    union all
    select
        'sale_chance' as event_code,
        entered_date,
        site_id,
        queue_id,
        channel_code,
        cast(null as string) as entry_reason_code,
        cast(null as string) as team_id,
        reason_code,
        cast(null as boolean) as is_selfcare_eligible,
        cast(null as boolean) as is_promotion_eligible,
        cast(null as boolean) as is_sending_known,
        cast(null as boolean) as is_promotion_known,
        not is_closed as is_open,
        is_closed,
        cast(null as boolean) as is_start_closed,
        is_closed and sale_count > 0 as is_met,
        cast(null as boolean) as is_started,
        cast(null as boolean) as is_escalated,
        cast(null as boolean) as is_off_hours,
        cast(null as boolean) as is_digital,
        case when is_closed then sale_count end as sale_count,
        case when is_closed then sale_amount end as sale_amount
    from sale_chances
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
        {{ count_where('is_open') }} as open_window_count,
        {{ count_where("event_code = 'leg' and is_selfcare_eligible") }} as selfcare_eligible_count,
        {{ count_where("event_code = 'leg' and is_selfcare_eligible and is_sending_known") }} as sending_known_count,
        {{ count_where("event_code = 'transfer'") }} as selfcare_sent_count,
        {{ count_where("event_code = 'transfer' and is_start_closed") }} as selfcare_start_closed_count,
        {{ count_where("event_code = 'transfer' and is_started is not null") }} as selfcare_known_count,
        {{ count_where("event_code = 'transfer' and is_started") }} as selfcare_started_count,
        {{ count_where("event_code = 'transfer' and is_closed") }} as selfcare_closed_count,
        {{ count_where("event_code = 'transfer' and is_met is not null") }} as selfcare_followed_count,
        {{ count_where("event_code = 'transfer' and is_met") }} as selfcare_success_count,
        {{ count_where("event_code = 'session'") }} as session_count,
        {{ count_where("event_code = 'session' and is_escalated") }} as escalated_session_count,
        {{ count_where("event_code = 'session' and not is_escalated") }} as contained_session_count,
        {{ count_where("event_code = 'session' and is_off_hours is not null") }} as clocked_session_count,
        {{ count_where("event_code = 'session' and is_off_hours") }} as off_hours_session_count,
        {{ count_where("event_code = 'session' and is_closed") }} as closed_session_count,
        {{ count_where("event_code = 'session' and is_met is not null") }} as followed_session_count,
        {{ count_where("event_code = 'session' and is_met") }} as resolved_session_count,
        {{ count_where("event_code = 'contact'") }} as human_contact_count,
        {{ count_where("event_code = 'contact' and is_digital is not null") }} as channel_known_contact_count,
        {{ count_where("event_code = 'contact' and is_digital") }} as digital_human_contact_count,
        {{ count_where("event_code = 'session' and is_digital is not null and not is_escalated") }}
            as channel_known_session_count,
        {{ count_where("event_code = 'session' and is_digital and not is_escalated") }}
            as digital_contained_session_count,
        {{ count_where("event_code = 'leg' and is_promotion_eligible") }} as promotable_count,
        {{ count_where("event_code = 'leg' and is_promotion_eligible and is_promotion_known") }}
            as promotion_known_count,
        {{ count_where("event_code = 'promotion'") }} as promoted_count,
        {{ count_where("event_code = 'promotion' and is_closed") }} as closed_promotion_count,
        {{ count_where("event_code = 'promotion' and is_met is not null") }} as followed_promotion_count,
        {{ count_where("event_code = 'promotion' and is_met") }} as adopted_promotion_count,
        {{ count_where("event_code = 'sale_chance' and is_closed") }} as sale_contact_count,
        {{ count_where("event_code = 'sale_chance' and is_met") }} as converted_contact_count,
        {{ total_where('sale_count', "event_code = 'sale_chance'") }} as sale_count,
        {{ total_where('sale_count * sale_count', "event_code = 'sale_chance'") }} as sale_count_squares,
        {{ count_where("event_code = 'sale_chance' and sale_amount is not null") }} as priced_contact_count,
        {{ total_amount_where('sale_amount', "event_code = 'sale_chance'") }} as sale_amount,
        {{ total_points_where('cast(sale_amount * sale_amount as decimal(38, 12))', "event_code = 'sale_chance'") }}
            as sale_amount_squares
    from counted
    group by
        entered_date,
        {{ members(['site_id', 'queue_id', 'channel_code', 'entry_reason_code', 'team_id', 'reason_code']) }}
)

select * from keyed
