with

promotions_offered as (
    select * from {{ ref('int_promotions_offered') }}
),

contacts as (
    select * from {{ ref('int_customer_contacts') }}
    where channel_code is not null
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- The channel's other uses by the same customer, before (for whatever reason) and after.
used as (
    select
        promotions_offered.contact_id,
        promotions_offered.leg_number,
        promotions_offered.promoted_channel_code,
        bool_or(contacts.entered_at < promotions_offered.contact_entered_at) as has_prior_use,
        bool_or(
            contacts.entered_at > promotions_offered.contact_entered_at
            and contacts.issue_reason_code = promotions_offered.issue_reason_code
        ) as has_later_use
    from promotions_offered
    inner join contacts
        on
            promotions_offered.customer_id = contacts.customer_id
            and promotions_offered.promoted_channel_code = contacts.channel_code
            and {{ seconds_between('contacts.entered_at', 'promotions_offered.contact_entered_at') }}
            <= {{ var('promotion_habit_seconds') }}
            and {{ seconds_between('promotions_offered.contact_entered_at', 'contacts.entered_at') }}
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
        coalesce(
            {{ add_seconds('promotions_offered.contact_entered_at', var('promotion_adoption_seconds')) }}
            <= as_of.as_of_at,
            false
        ) as is_closed
    from promotions_offered
    left join used
        on
            promotions_offered.contact_id = used.contact_id
            and promotions_offered.leg_number = used.leg_number
            and promotions_offered.promoted_channel_code = used.promoted_channel_code
    cross join as_of
)

select * from followed
