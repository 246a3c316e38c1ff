with

contacts as (
    select * from {{ ref('fct_contacts') }}
    where is_demand
),

contact_legs as (
    select * from {{ ref('fct_contact_legs') }}
    where not is_test and outcome_code = 'answered' and is_resolved is not null
),

-- Declared resolved by the last leg that declares: the channel of that leg resolved the contact.
last_declared as (
    select contact_id, max(leg_number) as leg_number
    from contact_legs
    group by contact_id
),

mixed as (
    select
        'first' as mix_code,
        entered_date,
        {{ member('site_id') }},
        {{ member('channel_code') }}
    from contacts
    union all
    select
        'resolving' as mix_code,
        contacts.entered_date,
        coalesce(contacts.site_id, 'unassigned') as site_id,
        coalesce(contact_legs.channel_code, 'unassigned') as channel_code
    from contacts
    inner join last_declared on contacts.contact_id = last_declared.contact_id
    inner join contact_legs
        on
            last_declared.contact_id = contact_legs.contact_id
            and last_declared.leg_number = contact_legs.leg_number
    where contacts.is_resolved
),

gathered as (
    select mix_code, entered_date, site_id, channel_code, cast(count(*) as bigint) as contact_count
    from mixed
    group by mix_code, entered_date, site_id, channel_code
),

counted as (
    select
        gathered.mix_code,
        periods.period_code,
        {{ period_start('periods.period_code', 'gathered.entered_date') }} as period_start_date,
        scopes.scope_code,
        case scopes.scope_code when 'site' then gathered.site_id else 'company' end as scope_id,
        gathered.channel_code,
        {{ total('gathered.contact_count') }} as contact_count
    from gathered
    cross join {{ listed_codes('periods', 'period_code', ['week', 'month']) }}
    cross join {{ listed_codes('scopes', 'scope_code', ['company', 'site']) }}
    group by
        gathered.mix_code,
        periods.period_code,
        {{ period_start('periods.period_code', 'gathered.entered_date') }},
        scopes.scope_code,
        case scopes.scope_code when 'site' then gathered.site_id else 'company' end,
        gathered.channel_code
)

select
    mix_code,
    period_code,
    period_start_date,
    scope_code,
    scope_id,
    channel_code,
    contact_count,
    {{ ratio(
        'contact_count',
        'sum(contact_count) over (partition by mix_code, period_code, period_start_date, scope_code, scope_id)'
    ) }} as contact_share
from counted
