with

contacts as (
    select * from {{ ref('fct_contacts') }}
    where is_demand
),

-- One row per customer, site and day before the days are read as weeks and months. Nobody knows
-- whether a contact on an unknown channel was digital: it is counted and decides nothing.
gathered as (
    select
        entered_date,
        coalesce(site_id, 'unassigned') as site_id,
        customer_id,
        is_digital is not null as is_channel_known,
        bool_or(is_digital) as is_digital,
        cast(count(*) as bigint) as contact_count
    from contacts
    group by entered_date, coalesce(site_id, 'unassigned'), customer_id, is_digital is not null
),

scoped as (
    select
        periods.period_code,
        {{ period_start('periods.period_code', 'gathered.entered_date') }} as period_start_date,
        scopes.scope_code,
        case scopes.scope_code when 'site' then gathered.site_id else 'company' end as scope_id,
        gathered.customer_id,
        gathered.is_channel_known,
        gathered.is_digital,
        gathered.contact_count
    from gathered
    cross join {{ listed_codes('periods', 'period_code', ['week', 'month']) }}
    cross join {{ listed_codes('scopes', 'scope_code', ['company', 'site']) }}
),

counted as (
    select
        period_code,
        period_start_date,
        scope_code,
        scope_id,
        {{ total('contact_count') }} as contact_count,
        {{ total_where('contact_count', 'customer_id is not null and is_channel_known') }} as known_contact_count,
        cast(count(distinct case when is_channel_known then customer_id end) as bigint) as customer_count,
        cast(count(distinct case when is_digital then customer_id end) as bigint) as digital_customer_count
    from scoped
    group by period_code, period_start_date, scope_code, scope_id
),

measured as (
    select counted.*, {{ ratio('known_contact_count', 'contact_count') }} as input_share
    from counted
)

select
    period_code,
    period_start_date,
    scope_code,
    scope_id,
    contact_count,
    known_contact_count,
    input_share,
    customer_count,
    digital_customer_count,
    case when input_share >= 0.8 then {{ ratio('digital_customer_count', 'customer_count') }} end
        as digital_customer_share,
    case when input_share < 0.8 then 'no_customer_or_channel' end as reason_code
from measured
