with

calls as (
    select * from {{ source('call_list', 'calls') }}
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
        case when is_answered then {{ add_seconds('entered_at', 'wait_seconds') }} end as answered_at,
        {{ add_seconds(
            'entered_at', 'coalesce(wait_seconds, 0) + coalesce(talk_seconds, 0) + coalesce(hold_seconds, 0)'
        ) }}
            as ended_at,
        wait_seconds,
        case when is_answered then talk_seconds end as talk_seconds,
        case when is_answered then hold_seconds end as hold_seconds,
        case when is_answered then wrap_up_seconds end as wrap_up_seconds,
        case when is_answered then is_resolved end as is_resolved,
        updated_at,
        delivery_id,
        line_number,
        delivered_date,
        row_hash
    from calls
)

select * from shaped
