with

contact_legs as (
    select *
    from {{ ref('fct_contact_legs') }}
    where is_visit
),

contacts as (
    select * from {{ ref('fct_contacts') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- Who left is the customer of the contact: another leg of it may know them.
named as (
    select
        contact_legs.*,
        coalesce(contacts.customer_id, contact_legs.customer_id) as contact_customer_id
    from contact_legs
    left join contacts on contact_legs.contact_id = contacts.contact_id
),

-- A customer who left less than a minute ago may still come back: they count when it is over.
abandons as (
    select
        contact_id,
        leg_number,
        contact_customer_id as customer_id,
        channel_code,
        queue_id,
        site_id,
        entry_reason_code,
        outcome_code,
        entered_date,
        coalesce(ended_at, {{ add_seconds('entered_at', 'wait_seconds') }}) as left_at,
        wait_seconds
    from named
    where is_abandoned or outcome_code = 'short_abandon'
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
    inner join named
        on
            followed.customer_id = named.contact_customer_id
            and followed.queue_id = named.queue_id
    where
        (followed.contact_id != named.contact_id or followed.leg_number != named.leg_number)
        and named.entered_at >= followed.left_at
        and {{ seconds_between('followed.left_at', 'named.entered_at') }} <= {{ var('redial_seconds') }}
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
