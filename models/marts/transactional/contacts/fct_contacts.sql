with

contact_legs as (
    select *
    from {{ ref('fct_contact_legs') }}
    where not is_test
),

contact_days as (
    select * from {{ ref('int_contact_days') }}
),

kinds as (
    select * from {{ ref('channel_kinds') }}
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

-- Which leg speaks for the contact: the first one says where it came in, the first that knows who
-- called, the first with a choice in a menu what was chosen, the last answered one who had it, the
-- last declared ones why it came and how it ended.
spoken as (
    select
        contact_id,
        min(leg_number) as first_leg_number,
        min(case when customer_id is not null then leg_number end) as customer_leg_number,
        min(case when entry_reason_code is not null then leg_number end) as menu_leg_number,
        max(case when outcome_code = 'answered' then leg_number end) as answered_leg_number,
        max(case when reason_code is not null then leg_number end) as reason_leg_number,
        max(case when outcome_code = 'answered' and is_resolved is not null then leg_number end) as declared_leg_number
    from gathered
    group by contact_id
),

combined as (
    select
        gathered.contact_id,
        max(case when gathered.leg_number = spoken.customer_leg_number then gathered.customer_id end) as customer_id,
        max(case when gathered.leg_number = spoken.first_leg_number then gathered.direction_code end) as direction_code,
        max(case when gathered.leg_number = spoken.first_leg_number then gathered.channel_code end) as channel_code,
        max(case when gathered.leg_number = spoken.first_leg_number then gathered.queue_id end) as queue_id,
        max(case when gathered.leg_number = spoken.first_leg_number then gathered.site_id end) as site_id,
        max(case when gathered.leg_number = spoken.menu_leg_number then gathered.entry_reason_code end)
            as entry_reason_code,
        max(case when gathered.leg_number = spoken.answered_leg_number then gathered.agent_id end) as agent_id,
        max(case when gathered.leg_number = spoken.answered_leg_number then gathered.team_id end) as team_id,
        max(case when gathered.leg_number = spoken.reason_leg_number then gathered.reason_code end) as reason_code,
        bool_or(gathered.is_answered or gathered.is_offered) as is_for_person,
        bool_or(gathered.is_answered) as is_answered,
        bool_or(case when gathered.leg_number = spoken.declared_leg_number then gathered.is_resolved end)
            as is_resolved,
        bool_or(gathered.is_demand) as is_demand,
        bool_or(gathered.is_demand and gathered.is_one_sided) as is_one_sided,
        bool_or(gathered.is_demand and gathered.is_limited) as is_limited,
        {{ count_where('gathered.is_demand') }} as demand_leg_count,
        {{ count_where("gathered.is_demand and gathered.outcome_code = 'ivr_only'") }} as ivr_leg_count,
        {{ count_where("gathered.is_demand and gathered.outcome_code = 'in_progress'") }} as open_leg_count,
        {{ count_where("gathered.is_demand and gathered.outcome_code = 'lost_record'") }} as lost_leg_count,
        {{ count_where("gathered.is_demand and gathered.outcome_code in ('dissuaded', 'closed')") }}
            as dissuaded_leg_count,
        bool_or(gathered.is_transferred and gathered.transfer_kind_code in ('blind', 'consult')) as has_transfer,
        {{ count_where('gathered.is_answered and gathered.is_transferred is null') }} as unknown_transfer_count,
        gathered.contact_date as entered_date,
        min(gathered.entered_at) as entered_at,
        max(gathered.ended_at) as ended_at,
        cast(count(*) as bigint) as leg_count,
        {{ count_where('gathered.is_visit') }} as visit_count,
        {{ count_where('gathered.is_visit and gathered.wait_seconds is null') }} as unknown_wait_count,
        {{ count_where('gathered.is_answered and not gathered.is_handled') }} as unknown_handle_count,
        {{ total_where('gathered.wait_seconds', 'gathered.is_visit') }} as visit_wait_seconds,
        {{ total_where('gathered.handle_seconds', 'gathered.is_handled') }} as handled_seconds
    from gathered
    inner join spoken on gathered.contact_id = spoken.contact_id
    group by gathered.contact_id, gathered.contact_date
),

-- What arrived has ended where every leg of it has. A lost record hides how, unless another leg
-- was answered: then nothing that it could tell would change the answer.
judged as (
    select
        combined.contact_id,
        combined.customer_id,
        combined.direction_code,
        combined.channel_code,
        combined.queue_id,
        combined.site_id,
        combined.entry_reason_code,
        combined.agent_id,
        combined.team_id,
        combined.reason_code,
        combined.is_demand,
        combined.demand_leg_count > combined.ivr_leg_count
        and combined.open_leg_count = 0
        and (combined.lost_leg_count = 0 or combined.is_answered) as is_arrived,
        combined.open_leg_count = 0 and combined.lost_leg_count > 0 and not combined.is_answered as is_lost,
        combined.is_demand and combined.dissuaded_leg_count = combined.demand_leg_count as is_dissuaded,
        combined.is_for_person,
        combined.is_answered,
        coalesce(combined.is_one_sided, false) as is_one_sided,
        coalesce(combined.is_limited, false) as is_limited,
        combined.is_resolved,
        case
            when combined.has_transfer then true
            when combined.unknown_transfer_count = 0 then false
        end as has_transfer,
        combined.is_demand and kinds.is_digital as is_digital,
        combined.entered_date,
        combined.entered_at,
        combined.ended_at,
        combined.leg_count,
        case when combined.visit_count > 0 and combined.unknown_wait_count = 0 then combined.visit_wait_seconds end
            as wait_seconds,
        case when combined.is_answered and combined.unknown_handle_count = 0 then combined.handled_seconds end
            as handle_seconds
    from combined
    left join kinds on combined.channel_code = kinds.channel_code
)

select * from judged
