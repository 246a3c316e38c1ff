with

contact_legs as (
    {{ current_rows(ref('int_contact_legs_unioned'), ref('int_contact_legs_superseded')) }}
)

select
    callback_of_contact_id as contact_id,
    cast(count(*) as bigint) as attempt_count
from contact_legs
where callback_of_contact_id is not null and not coalesce(is_test, false)
group by callback_of_contact_id
