with

contact_legs as (
    {{ current_rows(ref('int_contact_legs_unioned'), ref('int_contact_legs_superseded')) }}
),

queues as (
    select * from {{ source('lists', 'queues') }}
),

channel_words as (
    select * from {{ ref('int_channel_words') }}
),

kinds as (
    select * from {{ ref('channel_kinds') }}
),

rules as (
    select * from {{ ref('int_service_level_rules') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

hours as (
    select * from {{ ref('int_opening_hours_zoned') }}
),

holidays as (
    select * from {{ source('lists', 'holidays') }}
),

calendars as (
    select queue_id, max(calendar_code) as calendar_code
    from queues
    where calendar_code in (select calendar_code from hours)
    group by queue_id
),

-- Only waits that may run on opening hours: of deferred channels, or where a rule says so.
spans as (
    select
        {{ hash_key(['contact_legs.contact_id', 'contact_legs.leg_number']) }} as unit_id,
        calendars.calendar_code,
        contact_legs.entered_at as started_at,
        coalesce(
            case
                when contact_legs.outcome_code = 'answered' then contact_legs.answered_at
                when
                    contact_legs.outcome_code is null
                    and contact_legs.answered_at is not null
                    and (
                        coalesce(contact_legs.actor_kind_code, 'person') = 'person'
                        or not coalesce(kinds.is_deferred, false)
                    ) then contact_legs.answered_at
                when contact_legs.outcome_code is null and coalesce(kinds.is_deferred, false)
                    then greatest(as_of.as_of_at, contact_legs.entered_at)
                else contact_legs.ended_at
            end,
            {{ add_seconds('contact_legs.entered_at', 'contact_legs.wait_seconds') }}
        ) as ended_at,
        contact_legs.contact_id,
        contact_legs.leg_number
    from contact_legs
    inner join calendars on contact_legs.queue_id = calendars.queue_id
    left join channel_words on contact_legs.channel_code = channel_words.word_text
    left join kinds on channel_words.channel_code = kinds.channel_code
    cross join as_of
    where
        contact_legs.direction_code = 'inbound'
        and (
            coalesce(kinds.is_deferred, false)
            or contact_legs.queue_id in (
                select scope_id from rules where scope_code = 'queue' and clock_code = 'business'
            )
            or exists (select 1 from rules where scope_code != 'queue' and clock_code = 'business')
        )
),

timed as (
    {{ business_seconds('spans', 'hours', 'holidays') }}
)

select
    spans.contact_id,
    spans.leg_number,
    timed.business_seconds
from spans
inner join timed on spans.unit_id = timed.unit_id
