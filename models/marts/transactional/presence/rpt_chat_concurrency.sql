with

chats as (
    select * from {{ ref('fct_chats') }}
),

scoped as (
    select
        periods.period_code,
        {{ period_start('periods.period_code', 'chats.entered_date') }} as period_start_date,
        scopes.scope_code,
        case scopes.scope_code when 'company' then 'company' else coalesce(chats.team_id, 'unassigned') end as scope_id,
        chats.handle_seconds,
        chats.effective_handle_sum
    from chats
    cross join {{ listed_codes('periods', 'period_code', ['week', 'month']) }}
    cross join {{ listed_codes('scopes', 'scope_code', ['company', 'team']) }}
),

added as (
    select
        period_code,
        period_start_date,
        scope_code,
        scope_id,
        cast(count(*) as bigint) as answered_count,
        {{ count_where('effective_handle_sum is not null') }} as chat_count,
        {{ total_where('handle_seconds', 'effective_handle_sum is not null') }} as handle_seconds,
        {{ total_points_where('effective_handle_sum', 'effective_handle_sum is not null') }} as effective_handle_sum
    from scoped
    group by period_code, period_start_date, scope_code, scope_id
)

select
    added.*,
    {{ ratio('chat_count', 'answered_count') }} as input_share,
    {{ ratio('handle_seconds', 'effective_handle_sum') }} as concurrency_coefficient
from added
