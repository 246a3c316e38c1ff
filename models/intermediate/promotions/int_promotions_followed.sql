with

promotions_offered as (
    select * from {{ ref('int_promotions_offered') }}
),

contacts as (
    select * from {{ ref('int_customer_contacts') }}
),

selfcare_sessions as (
    select * from {{ ref('int_selfcare_sessions_placed') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

uses_gathered as (
    select customer_id, channel_code, issue_reason_code, entered_at
    from contacts
    union all
    select customer_id, channel_code, issue_reason_code, started_at as entered_at
    from selfcare_sessions
),

-- The channel's other uses by the same customer, before (for whatever reason) and after. The
-- contact itself is none of them: it came by another channel.
used as (
    select
        promotions_offered.contact_id,
        promotions_offered.leg_number,
        promotions_offered.promoted_channel_code,
        bool_or(uses_gathered.entered_at < promotions_offered.contact_entered_at) as has_prior_use,
        bool_or(
            uses_gathered.entered_at >= promotions_offered.contact_entered_at
            and uses_gathered.issue_reason_code = promotions_offered.issue_reason_code
        ) as has_later_use
    from promotions_offered
    inner join uses_gathered
        on
            promotions_offered.customer_id = uses_gathered.customer_id
            and promotions_offered.promoted_channel_code = uses_gathered.channel_code
            and {{ seconds_between('uses_gathered.entered_at', 'promotions_offered.contact_entered_at') }}
            <= {{ var('promotion_habit_seconds') }}
            and {{ seconds_between('promotions_offered.contact_entered_at', 'uses_gathered.entered_at') }}
            <= {{ var('promotion_adoption_seconds') }}
    group by promotions_offered.contact_id, promotions_offered.leg_number, promotions_offered.promoted_channel_code
),

followed as (
    select
        promotions_offered.*,
        case when promotions_offered.customer_id is not null then coalesce(used.has_prior_use, false) end
            as has_prior_use,
        case when promotions_offered.customer_id is not null then coalesce(used.has_later_use, false) end
            as has_later_use,
        {{ add_seconds('promotions_offered.contact_entered_at', var('promotion_adoption_seconds')) }}
        <= as_of.as_of_at as is_closed
    from promotions_offered
    left join used
        on
            promotions_offered.contact_id = used.contact_id
            and promotions_offered.leg_number = used.leg_number
            and promotions_offered.promoted_channel_code = used.promoted_channel_code
    cross join as_of
)

select * from followed
