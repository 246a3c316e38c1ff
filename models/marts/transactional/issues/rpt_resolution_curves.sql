with

issues as (
    select *
    from {{ ref('fct_issues') }}
    where is_followed
),

customer_issues as (
    select * from {{ ref('fct_customer_issues') }}
),

-- Every issue in the company's curve and in that of its reason; the customer's issues whatever
-- their reason have a curve of their own, which no recoding of reasons can flatter.
spread as (
    select
        periods.period_code,
        coalesce(
            {{ period_start('periods.period_code', 'units.entered_date') }}, min(units.entered_date) over ()
        ) as period_start_date,
        units.scope_code,
        units.scope_id,
        units.until_repeat_seconds,
        units.followed_seconds,
        units.until_repeat_seconds is not null as is_repeated,
        greatest(coalesce(units.until_repeat_seconds, units.followed_seconds), 0) as elapsed_seconds
    from (
        select 'company' as scope_code, 'company' as scope_id, entered_date, until_repeat_seconds, followed_seconds
        from issues
        union all
        select 'reason' as scope_code, reason_code as scope_id, entered_date, until_repeat_seconds, followed_seconds
        from issues
        union all
        select 'any_reason' as scope_code, 'company' as scope_id, entered_date, until_repeat_seconds, followed_seconds
        from customer_issues
    ) as units
    cross join {{ listed_codes('periods', 'period_code', ['month', 'all']) }}
),

survived as (
    {{ kaplan_meier_at(
        'spread', ['period_code', 'period_start_date', 'scope_code', 'scope_id'], 'elapsed_seconds', 'is_repeated',
        resolution_windows()
    ) }}
),

matured as (
    select
        spread.period_code,
        spread.period_start_date,
        spread.scope_code,
        spread.scope_id,
        windows.window_seconds,
        cast(count(*) as bigint) as issue_count,
        {{ count_where('spread.followed_seconds >= windows.window_seconds') }} as mature_count,
        {{ count_where(
            'spread.followed_seconds >= windows.window_seconds'
            ~ ' and (not spread.is_repeated or spread.until_repeat_seconds > windows.window_seconds)'
        ) }} as resolved_count
    from spread
    cross join {{ listed_windows() }}
    group by
        spread.period_code, spread.period_start_date, spread.scope_code, spread.scope_id, windows.window_seconds
),

estimated as (
    select
        matured.period_code,
        matured.period_start_date,
        matured.scope_code,
        matured.scope_id,
        matured.window_seconds,
        matured.issue_count,
        matured.mature_count,
        matured.resolved_count,
        {{ ratio('matured.resolved_count', 'matured.mature_count') }} as resolution_rate,
        {{ wilson_low('matured.resolved_count', 'matured.mature_count') }} as resolution_low,
        {{ wilson_high('matured.resolved_count', 'matured.mature_count') }} as resolution_high,
        survived.at_risk_count,
        survived.survival_probability,
        survived.survival_low,
        survived.survival_high
    from matured
    inner join survived
        on
            matured.period_code = survived.period_code
            and matured.period_start_date = survived.period_start_date
            and matured.scope_code = survived.scope_code
            and matured.scope_id = survived.scope_id
            and matured.window_seconds = survived.asked_seconds
)

select * from estimated
