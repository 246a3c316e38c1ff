with

promotable_legs as (
    select * from {{ ref('int_promotable_legs') }}
),

-- The reason and month in which a channel was proposed at least once.
strata as (
    select distinct reason_code, {{ month_start('entered_date') }} as entered_month, promoted_channel_code
    from promotable_legs
    where is_promoted
),

-- Beside each promoted leg those on which nothing was proposed, though the channel could have been.
offered as (
    select promotable_legs.*, promotable_legs.promoted_channel_code as offered_channel_code
    from promotable_legs
    where promotable_legs.is_promoted
    union all
    select promotable_legs.*, strata.promoted_channel_code as offered_channel_code
    from promotable_legs
    inner join strata
        on
            promotable_legs.reason_code = strata.reason_code
            and {{ month_start('promotable_legs.entered_date') }} = strata.entered_month
    where
        promotable_legs.promoted_channel_code is null
        and promotable_legs.customer_id is not null
        and strata.promoted_channel_code != coalesce(promotable_legs.contact_channel_code, 'unassigned')
)

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
    issue_reason_code,
    offered_channel_code as promoted_channel_code,
    is_promoted,
    entered_date,
    contact_entered_at
from offered
