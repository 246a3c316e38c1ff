with

contact_legs as (
    select *
    from {{ ref('fct_contact_legs') }}
    where callback_state_code is not null
),

callbacks as (
    select * from {{ ref('int_callbacks_attempted') }}
),

scoped as (
    select
        periods.period_code,
        {{ period_start('periods.period_code', 'contact_legs.entered_date') }} as period_start_date,
        scopes.scope_code,
        case scopes.scope_code when 'queue' then contact_legs.queue_id else 'company' end as scope_id,
        contact_legs.callback_state_code in ('in_time', 'reached_late', 'not_reached') as is_closed,
        contact_legs.callback_state_code in ('in_time', 'reached_late') as is_reached,
        coalesce(callbacks.attempt_count, 0) as attempt_count
    from contact_legs
    left join callbacks on contact_legs.contact_id = callbacks.contact_id
    cross join {{ listed_codes('periods', 'period_code', ['week', 'month']) }}
    cross join {{ listed_codes('scopes', 'scope_code', ['company', 'queue']) }}
),

counted as (
    select
        period_code,
        period_start_date,
        scope_code,
        scope_id,
        cast(count(*) as bigint) as accepted_count,
        {{ count_where('is_closed') }} as closed_count,
        {{ count_where('is_closed and attempt_count > 0') }} as attempted_count,
        {{ count_where('is_reached') }} as reached_count,
        {{ total_where('attempt_count', 'is_closed') }} as attempt_count
    from scoped
    group by period_code, period_start_date, scope_code, scope_id
)

select
    period_code,
    period_start_date,
    scope_code,
    scope_id,
    accepted_count,
    closed_count,
    attempted_count,
    reached_count,
    attempt_count,
    {{ ratio('attempt_count', 'reached_count') }} as attempt_coefficient
from counted
