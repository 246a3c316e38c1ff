with

contact_legs as (
    select *
    from {{ ref('fct_contact_legs') }}
    where outcome_code = 'answered' and agent_id is not null and not is_test
),

assignments_placed as (
    select * from {{ ref('int_agent_assignments_placed') }}
),

defaults as (
    select * from {{ ref('int_defaults') }}
),

-- Talk, hold and wrap-up follow each other from the answer on. Where no instant of the answer
-- was delivered it is entry and wait.
begun as (
    select
        contact_legs.contact_id,
        contact_legs.leg_number,
        contact_legs.agent_id,
        contact_legs.channel_code,
        contact_legs.handle_seconds,
        coalesce(assignments_placed.zone_name, defaults.zone_name) as zone_name,
        coalesce(
            contact_legs.answered_at,
            {{ add_seconds('contact_legs.entered_at', 'coalesce(contact_legs.wait_seconds, 0)') }}
        ) as begun_at
    from contact_legs
    left join assignments_placed
        on
            contact_legs.agent_id = assignments_placed.agent_id
            and contact_legs.entered_date
            between assignments_placed.valid_from_date and assignments_placed.valid_to_date
    cross join defaults
),

-- `greatest` skips a null: unknown seconds end where they begin.
dated as (
    select
        begun.*,
        {{ local_date('begun_at', 'zone_name') }} as begun_date,
        {{ local_date(add_seconds('begun_at', 'greatest(handle_seconds - 1, 0)'), 'zone_name') }}
            as finished_date
    from begun
)

select * from dated
