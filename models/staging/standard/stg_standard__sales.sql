with

sales as (
    select * from {{ source('standard', 'sales') }}
),

renamed as (
    select
        sale_id,
        contact_id,
        customer_id,
        agent_id,
        product_code,
        sold_at,
        cancelled_at,
        sale_amount,
        updated_at,
        delivery_id,
        line_number,
        delivered_date,
        row_hash
    from sales
)

select * from renamed
