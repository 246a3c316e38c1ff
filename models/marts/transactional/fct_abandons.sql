with

contact_legs as (
    select *
    from {{ ref('fct_contact_legs') }}
    where is_visit
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- A customer who left less than a minute ago may still come back: they count when it is over.
abandons as (
    select
        contact_legs.contact_id,
        contact_legs.leg_number,
        contact_legs.customer_id,
        contact_legs.channel_code,
        contact_legs.queue_id,
        contact_legs.site_id,
        contact_legs.entry_reason_code,
        contact_legs.outcome_code,
        contact_legs.entered_date,
        coalesce(contact_legs.ended_at, {{ add_seconds('contact_legs.entered_at', 'contact_legs.wait_seconds') }})
            as left_at,
        contact_legs.wait_seconds
    from contact_legs
    where contact_legs.is_abandoned or contact_legs.outcome_code = 'short_abandon'
),

followed as (
    select
        abandons.*,
        abandons.customer_id is not null and abandons.left_at is not null as is_known,
        abandons.customer_id is not null
        and coalesce({{ add_seconds('abandons.left_at', var('redial_seconds')) }} > as_of.as_of_at, false) as is_open
    from abandons
    cross join as_of
),

redialled as (
    select distinct followed.contact_id, followed.leg_number
    from followed
    inner join contact_legs
        on
            followed.customer_id = contact_legs.customer_id
            and followed.queue_id = contact_legs.queue_id
    where
        (followed.contact_id != contact_legs.contact_id or followed.leg_number != contact_legs.leg_number)
        and contact_legs.entered_at >= followed.left_at
        and {{ seconds_between('followed.left_at', 'contact_legs.entered_at') }} <= {{ var('redial_seconds') }}
)

select
    followed.contact_id,
    followed.leg_number,
    followed.customer_id,
    followed.channel_code,
    followed.queue_id,
    followed.site_id,
    followed.entry_reason_code,
    followed.outcome_code,
    followed.is_open,
    case when followed.is_known and not followed.is_open then redialled.contact_id is not null end as is_redialled,
    followed.entered_date,
    followed.left_at,
    followed.wait_seconds
from followed
left join redialled
    on followed.contact_id = redialled.contact_id and followed.leg_number = redialled.leg_number
