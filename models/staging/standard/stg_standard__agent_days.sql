with

agent_days as (
    select * from {{ source('standard', 'agent_days') }}
),

renamed as (
    select
        agent_id,
        work_date,
        logged_in_seconds,
        idle_seconds,
        paused_seconds,
        paid_seconds,
        planned_seconds,
        absent_seconds,
        updated_at,
        delivery_id,
        line_number,
        delivered_date,
        row_hash
    from agent_days
)

select * from renamed
