with

contact_legs as (
    select *
    from {{ ref('fct_contact_legs') }}
    where not is_test
),

contact_days as (
    select * from {{ ref('int_contact_days') }}
),

-- A contact belongs to the day of its first leg. Nearly all legs lie on that day; the few
-- contacts that pass midnight are looked up, so that a day never needs the whole history.
gathered as (
    select contact_legs.*, contact_legs.entered_date as contact_date
    from contact_legs
    left join contact_days
        on
            contact_legs.contact_id = contact_days.contact_id
            and contact_legs.entered_date = contact_days.entered_date
    where
        contact_days.contact_id is null
        and contact_legs.entered_date in ({{ touched_days('int_touched_days', 'contacts') }})
    union all
    select contact_legs.*, contact_days.contact_date
    from contact_legs
    inner join contact_days
        on
            contact_legs.contact_id = contact_days.contact_id
            and contact_legs.entered_date = contact_days.entered_date
    where contact_days.contact_date in ({{ touched_days('int_touched_days', 'contacts') }})
),

-- Which leg speaks for the contact: the first one says where it came in, the last answered
-- one who had it, the last declared ones why it came and how it ended.
spoken as (
    select
        contact_id,
        min(leg_number) as first_leg_number,
        max(case when outcome_code = 'answered' then leg_number end) as answered_leg_number,
        max(case when reason_code is not null then leg_number end) as reason_leg_number,
        max(case when outcome_code = 'answered' and is_resolved is not null then leg_number end) as declared_leg_number
    from gathered
    group by contact_id
),

combined as (
    select
        gathered.contact_id,
        max(case when gathered.leg_number = spoken.first_leg_number then gathered.customer_id end) as customer_id,
        max(case when gathered.leg_number = spoken.first_leg_number then gathered.direction_code end) as direction_code,
        max(case when gathered.leg_number = spoken.first_leg_number then gathered.channel_code end) as channel_code,
        max(case when gathered.leg_number = spoken.first_leg_number then gathered.queue_id end) as queue_id,
        max(case when gathered.leg_number = spoken.first_leg_number then gathered.site_id end) as site_id,
        max(case when gathered.leg_number = spoken.first_leg_number then gathered.entry_reason_code end)
            as entry_reason_code,
        max(case when gathered.leg_number = spoken.answered_leg_number then gathered.agent_id end) as agent_id,
        max(case when gathered.leg_number = spoken.answered_leg_number then gathered.team_id end) as team_id,
        max(case when gathered.leg_number = spoken.reason_leg_number then gathered.reason_code end) as reason_code,
        bool_or(gathered.is_answered) as is_answered,
        bool_or(case when gathered.leg_number = spoken.declared_leg_number then gathered.is_resolved end)
            as is_resolved,
        gathered.contact_date as entered_date,
        min(gathered.entered_at) as entered_at,
        max(gathered.ended_at) as ended_at,
        cast(count(*) as bigint) as leg_count
    from gathered
    inner join spoken on gathered.contact_id = spoken.contact_id
    group by gathered.contact_id, gathered.contact_date
)

select * from combined
