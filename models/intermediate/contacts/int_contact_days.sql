with

contact_legs as (
    select * from {{ ref('fct_contact_legs') }}
    where not is_test
),

-- Only contacts with a second leg can lie on several days.
passed_on as (
    select distinct contact_id
    from contact_legs
    where leg_number > 1
),

days as (
    select distinct contact_legs.contact_id, contact_legs.entered_date
    from contact_legs
    inner join passed_on on contact_legs.contact_id = passed_on.contact_id
),

first_legs as (
    select
        contact_legs.contact_id,
        contact_legs.entered_date as contact_date,
        row_number() over (partition by contact_legs.contact_id order by contact_legs.leg_number) as leg_rank
    from contact_legs
    inner join passed_on on contact_legs.contact_id = passed_on.contact_id
)

select days.contact_id, days.entered_date, first_legs.contact_date
from days
inner join first_legs
    on days.contact_id = first_legs.contact_id and first_legs.leg_rank = 1
where days.contact_id in (
    select contact_id from days group by contact_id having count(*) > 1
)
