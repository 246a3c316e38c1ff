with

contact_legs as (
    select *
    from {{ ref('fct_contact_legs') }}
    where is_visit
),

abandons as (
    select
        contact_legs.*,
        coalesce(ended_at, {{ add_seconds('entered_at', 'wait_seconds') }}) as left_at
    from contact_legs
    where is_abandoned or outcome_code = 'short_abandon'
),

redialled as (
    select distinct abandons.contact_id, abandons.leg_number
    from abandons
    inner join contact_legs
        on
            abandons.customer_id = contact_legs.customer_id
            and abandons.queue_id = contact_legs.queue_id
    where
        (abandons.contact_id != contact_legs.contact_id or abandons.leg_number != contact_legs.leg_number)
        and contact_legs.entered_at >= abandons.left_at
        and {{ seconds_between('abandons.left_at', 'contact_legs.entered_at') }} <= {{ var('redial_seconds') }}
)

select
    abandons.contact_id,
    abandons.leg_number,
    abandons.customer_id,
    abandons.channel_code,
    abandons.queue_id,
    abandons.site_id,
    abandons.entry_reason_code,
    abandons.outcome_code,
    case
        when abandons.customer_id is not null and abandons.left_at is not null
            then redialled.contact_id is not null
    end as is_redialled,
    abandons.entered_date,
    abandons.left_at,
    abandons.wait_seconds
from abandons
left join redialled
    on abandons.contact_id = redialled.contact_id and abandons.leg_number = redialled.leg_number
