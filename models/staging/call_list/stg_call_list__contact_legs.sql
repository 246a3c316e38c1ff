with

calls as (
    select * from {{ source('call_list', 'calls') }}
),

-- A clock of the answer without a date of its own has that of the entry: before the entry by more
-- than half a day, it is a clock of the next day.
dated as (
    select
        calls.*,
        case
            when {{ seconds_between('answered_at', 'entered_at') }} > 43200
                then {{ add_seconds('answered_at', '86400') }}
            else answered_at
        end as taken_at
    from calls
),

-- The wait that was measured counts; between two clocks it is measured here, between a clock and
-- a date it is not.
measured as (
    select
        dated.*,
        coalesce(
            wait_seconds,
            case
                when is_answered and coalesce(has_entry_clock, true)
                    then {{ seconds_between('entered_at', 'taken_at') }}
            end
        ) as measured_wait_seconds
    from dated
),

-- A call list has one row per call that reached the line: one visit, one leg. Where it names
-- no queue the visit still took place, in a queue that nobody named.
shaped as (
    select
        call_id as contact_id,
        cast(1 as integer) as leg_number,
        customer_id,
        'inbound' as direction_code,
        coalesce(channel_code, 'phone') as channel_code,
        coalesce(queue_id, 'unassigned') as queue_id,
        site_id,
        agent_id,
        reason_code,
        case when is_answered then 'answered' else 'abandoned' end as outcome_code,
        entered_at,
        has_entry_clock,
        case
            when is_answered then coalesce(taken_at, {{ add_seconds('entered_at', 'measured_wait_seconds') }})
        end as answered_at,
        {{ add_seconds(
            'entered_at', 'coalesce(measured_wait_seconds, 0) + coalesce(talk_seconds, 0) + coalesce(hold_seconds, 0)'
        ) }}
            as ended_at,
        measured_wait_seconds as wait_seconds,
        case when is_answered then talk_seconds end as talk_seconds,
        case when is_answered then hold_seconds end as hold_seconds,
        case when is_answered then wrap_up_seconds end as wrap_up_seconds,
        case when is_answered then is_resolved end as is_resolved,
        updated_at,
        delivery_id,
        line_number,
        delivered_date,
        row_hash
    from measured
)

select * from shaped
