with

issues as (
    select *
    from {{ ref('fct_issues') }}
    where is_followed
),

dated as (
    select
        periods.period_code,
        {{ period_start('periods.period_code', 'issues.entered_date') }} as period_start_date,
        issues.reason_code,
        issues.path_name,
        split_part(issues.path_name, ' > ', 1) in ({{ listed_texts(var('phone_channel_codes')) }}) as is_begun_by_phone,
        issues.resolving_channel_code in ({{ listed_texts(var('phone_channel_codes')) }}) as is_ended_by_phone,
        issues.is_closed,
        issues.issue_seconds,
        issues.handle_seconds,
        issues.answered_leg_count = issues.handled_count as is_handled
    from issues
    cross join {{ listed_codes('periods', 'period_code', ['week', 'month']) }}
),

counted as (
    select
        period_code,
        period_start_date,
        reason_code,
        path_name,
        is_begun_by_phone,
        cast(count(*) as bigint) as issue_count,
        {{ count_where('is_ended_by_phone') }} as phone_ended_count,
        {{ count_where('is_closed') }} as closed_count,
        {{ exact_percentile('case when is_closed then issue_seconds end', 0.5) }} as median_seconds,
        {{ count_where('is_closed and is_handled') }} as handled_count,
        {{ total_where('handle_seconds', 'is_closed and is_handled') }} as handle_seconds
    from dated
    group by period_code, period_start_date, reason_code, path_name, is_begun_by_phone
),

estimated as (
    select
        period_code,
        period_start_date,
        reason_code,
        path_name,
        is_begun_by_phone,
        issue_count,
        phone_ended_count,
        {{ ratio('phone_ended_count', 'issue_count') }} as phone_ended_share,
        {{ wilson_low('phone_ended_count', 'issue_count') }} as phone_ended_low,
        {{ wilson_high('phone_ended_count', 'issue_count') }} as phone_ended_high,
        closed_count,
        cast(floor(median_seconds) as bigint) as median_issue_seconds,
        handled_count,
        handle_seconds,
        cast(floor({{ ratio('handle_seconds', 'handled_count') }}) as bigint) as mean_handle_seconds
    from counted
)

select * from estimated
