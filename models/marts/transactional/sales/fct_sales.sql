with

sales as (
    select * from {{ ref('int_sales_joined') }}
),

contacts as (
    select * from {{ ref('fct_contacts') }}
),

defaults as (
    select * from {{ ref('int_defaults') }}
),

placed as (
    select
        sales.sale_id,
        sales.contact_id,
        sales.customer_id,
        sales.agent_id,
        sales.product_code,
        sales.is_inferred,
        sales.is_kept,
        contacts.contact_id is null as is_orphan,
        coalesce(contacts.entered_date, {{ local_date('sales.sold_at', 'defaults.zone_name') }}) as activity_date,
        sales.sold_at,
        sales.cancelled_at,
        sales.sale_amount
    from sales
    left join contacts on sales.contact_id = contacts.contact_id
    cross join defaults
)

select * from placed
