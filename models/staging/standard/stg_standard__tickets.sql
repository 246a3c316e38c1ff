with

tickets as (
    select * from {{ source('standard', 'tickets') }}
),

renamed as (
    select
        ticket_id,
        contact_id,
        customer_id,
        queue_id,
        reason_code,
        priority_code,
        created_at,
        first_human_reply_at,
        resolved_at,
        updated_at,
        delivery_id,
        line_number,
        delivered_date,
        row_hash
    from tickets
)

select * from renamed
