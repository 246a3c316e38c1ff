with

ticket_changes as (
    select * from {{ source('standard', 'ticket_changes') }}
),

renamed as (
    select
        ticket_id,
        changed_at,
        status_code,
        actor_kind_code,
        updated_at,
        delivery_id,
        line_number,
        delivered_date,
        row_hash
    from ticket_changes
)

select * from renamed
