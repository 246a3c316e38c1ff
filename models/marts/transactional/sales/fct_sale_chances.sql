with

contacts as (
    select * from {{ ref('fct_contacts') }}
    where is_answered
),

contact_reasons as (
    select * from {{ ref('dim_contact_reasons') }}
    where is_sale_eligible
),

sales as (
    select * from {{ ref('int_sales_joined') }}
    where is_kept
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- One sale of unknown value makes the value of its contact unknown.
kept as (
    select
        contact_id,
        cast(count(*) as bigint) as sale_count,
        case when count(*) = count(sale_amount) then cast(sum(sale_amount) as decimal(18, 2)) end as sale_amount
    from sales
    group by contact_id
),

counted as (
    select
        contacts.contact_id,
        contacts.customer_id,
        contacts.agent_id,
        contacts.site_id,
        contacts.queue_id,
        contacts.channel_code,
        contacts.reason_code,
        {{ add_seconds('contacts.entered_at', var('sale_contact_seconds') + var('sale_cancellation_seconds')) }}
        <= as_of.as_of_at as is_closed,
        contacts.entered_date,
        contacts.entered_at,
        coalesce(kept.sale_count, 0) as sale_count,
        case when kept.contact_id is null then cast(0 as decimal(18, 2)) else kept.sale_amount end as sale_amount
    from contacts
    inner join contact_reasons on contacts.reason_code = contact_reasons.reason_code
    left join kept on contacts.contact_id = kept.contact_id
    cross join as_of
)

select * from counted
