with

sales as (
    {{ current_rows(ref('int_sales_unioned'), ref('int_sales_superseded')) }}
),

contacts as (
    select * from {{ ref('fct_contacts') }}
),

-- A sale that names no contact belongs to the latest one of its customer and agent.
ranked as (
    select
        sales.sale_id,
        contacts.contact_id,
        row_number() over (
            partition by sales.sale_id order by contacts.entered_at desc, contacts.contact_id desc
        ) as nearness_rank
    from sales
    inner join contacts
        on sales.customer_id = contacts.customer_id and sales.agent_id = contacts.agent_id
    where
        sales.contact_id is null
        and contacts.entered_at <= sales.sold_at
        and {{ seconds_between('contacts.entered_at', 'sales.sold_at') }} <= {{ var('sale_contact_seconds') }}
),

joined as (
    select
        sales.sale_id,
        coalesce(sales.contact_id, ranked.contact_id) as contact_id,
        sales.customer_id,
        sales.agent_id,
        sales.product_code,
        sales.sold_at,
        sales.cancelled_at,
        sales.sale_amount,
        ranked.contact_id is not null as is_inferred
    from sales
    left join ranked on sales.sale_id = ranked.sale_id and ranked.nearness_rank = 1
)

select
    sale_id,
    contact_id,
    customer_id,
    agent_id,
    product_code,
    sold_at,
    cancelled_at,
    sale_amount,
    is_inferred,
    cancelled_at is null
    or {{ seconds_between('sold_at', 'cancelled_at') }} > {{ var('sale_cancellation_seconds') }} as is_kept
from joined
