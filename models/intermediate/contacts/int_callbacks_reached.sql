with

contact_legs as (
    {{ current_rows(ref('int_contact_legs_unioned'), ref('int_contact_legs_superseded')) }}
)

select
    callback_of_contact_id as contact_id,
    min(answered_at) as reached_at,
    bool_or(answered_at is null) as has_unknown_instant
from contact_legs
where
    callback_of_contact_id is not null
    and (outcome_code = 'answered' or (outcome_code is null and answered_at is not null and ended_at is not null))
    and coalesce(actor_kind_code, 'person') = 'person'
    and not coalesce(is_test, false)
group by callback_of_contact_id
