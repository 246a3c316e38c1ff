with

promotions as (
    select * from {{ ref('int_promotions_followed') }}
),

-- Habit is no adoption, and the legs without a proposal serve the comparison only.
judged as (
    select
        contact_id,
        leg_number,
        customer_id,
        agent_id,
        site_id,
        queue_id,
        channel_code,
        entry_reason_code,
        team_id,
        reason_code,
        promoted_channel_code,
        is_promoted,
        has_prior_use,
        case when is_closed and not has_prior_use then has_later_use end as is_adopted,
        is_closed,
        entered_date
    from promotions
)

select *
from judged
where is_promoted or is_adopted is not null
