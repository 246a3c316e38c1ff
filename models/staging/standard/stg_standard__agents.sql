with

agents as (
    select * from {{ source('standard', 'agents') }}
),

renamed as (
    select
        agent_id,
        team_id,
        site_id,
        valid_from_date,
        valid_to_date,
        left_date,
        weekly_contract_seconds,
        updated_at,
        delivery_id,
        line_number,
        delivered_date,
        row_hash
    from agents
)

select * from renamed
