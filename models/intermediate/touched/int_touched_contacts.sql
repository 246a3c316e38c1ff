with

deliveries as (
    select * from {{ ref('int_new_deliveries') }}
),

contact_legs as (
    select * from {{ ref('int_contact_legs_unioned') }}
),

agent_assignments as (
    select * from {{ ref('int_agent_assignments') }}
),

built_legs as (
    {{ built_fact('fct_contact_legs', {
        'contact_id': 'string', 'agent_id': 'string', 'team_id': 'string',
        'is_open': 'boolean', 'entered_date': 'date'
    }) }}
),

delivered as (
    select contact_legs.contact_id, contact_legs.callback_of_contact_id
    from contact_legs
    inner join deliveries on contact_legs.delivery_id = deliveries.delivery_id
    where not deliveries.is_full_build
),

-- The promise of a callback is judged on the contact that made it: any version of a leg that
-- called back, old or new, can change that contact's day.
called_back as (
    select contact_legs.callback_of_contact_id as contact_id
    from contact_legs
    inner join delivered on contact_legs.contact_id = delivered.contact_id
    where contact_legs.callback_of_contact_id is not null
),

-- Legs whose team is no longer the one that the fact holds, and legs that only time can
-- finish: both change without a new row of theirs.
changed as (
    select built_legs.contact_id
    from built_legs
    left join agent_assignments
        on
            built_legs.agent_id = agent_assignments.agent_id
            and built_legs.entered_date between agent_assignments.valid_from_date and agent_assignments.valid_to_date
    where
        built_legs.is_open
        or built_legs.team_id is distinct from agent_assignments.team_id
)

select contact_id from delivered
union
select contact_id from called_back
union
select contact_id from changed
