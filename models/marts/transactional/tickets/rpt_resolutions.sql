with

tickets as (
    select * from {{ ref('fct_tickets') }}
),

issues as (
    select *
    from {{ ref('fct_issues') }}
    where is_followed
),

-- Four lengths that are easily taken for one another: two of tickets, and two from contacts alone,
-- for homes without tickets. What is still open counts as watched: a ticket until now, an issue to
-- which a contact may still be added up to its last contact so far, since it lasted at least that
-- long.
measured as (
    select
        entered_date,
        reason_code,
        'ticket' as unit_code,
        'first_resolution' as measured_code,
        coalesce(resolution_seconds, age_seconds) as elapsed_seconds,
        resolution_seconds is not null as is_ended,
        case when resolution_seconds is null then age_seconds end as open_seconds
    from tickets
    union all
    select
        entered_date,
        reason_code,
        'ticket' as unit_code,
        'full_resolution' as measured_code,
        coalesce(full_resolution_seconds, age_seconds) as elapsed_seconds,
        full_resolution_seconds is not null as is_ended,
        case when full_resolution_seconds is null then age_seconds end as open_seconds
    from tickets
    union all
    select
        entered_date,
        reason_code,
        'issue' as unit_code,
        'issue_duration' as measured_code,
        issue_seconds as elapsed_seconds,
        is_closed as is_ended,
        case when not is_closed then issue_seconds end as open_seconds
    from issues
    union all
    select
        entered_date,
        reason_code,
        'issue' as unit_code,
        'issue_resolution' as measured_code,
        issue_seconds as elapsed_seconds,
        is_closed as is_ended,
        case when not is_closed then issue_seconds end as open_seconds
    from issues
    where is_declared_resolved
),

spread as (
    select
        periods.period_code,
        coalesce(
            {{ period_start('periods.period_code', 'measured.entered_date') }}, min(measured.entered_date) over ()
        ) as period_start_date,
        scopes.scope_code,
        case scopes.scope_code when 'reason' then coalesce(measured.reason_code, 'unassigned') else 'company' end
            as scope_id,
        measured.unit_code,
        measured.measured_code,
        measured.elapsed_seconds,
        measured.is_ended,
        measured.open_seconds
    from measured
    cross join {{ listed_codes('periods', 'period_code', ['month', 'all']) }}
    cross join {{ listed_codes('scopes', 'scope_code', ['company', 'reason']) }}
),

survived as (
    {{ kaplan_meier(
        'spread', ['period_code', 'period_start_date', 'scope_code', 'scope_id', 'measured_code'],
        'elapsed_seconds', 'is_ended'
    ) }}
),

-- The median and the 90th percentile are the first instants at which half and a tenth are left; a
-- hair more, because a share of one half comes out of logarithms, and an age between two others,
-- in tenths, a hair below a whole second.
summarised as (
    select
        counted.period_code,
        counted.period_start_date,
        counted.scope_code,
        counted.scope_id,
        counted.unit_code,
        counted.measured_code,
        counted.unit_count,
        counted.ended_count,
        counted.open_count,
        cast(floor(counted.median_open) as bigint) as median_open_seconds,
        cast(floor(counted.ninth_decile_open + 1e-6) as bigint) as ninth_decile_open_seconds,
        counted.oldest_open_seconds,
        read.median_seconds,
        read.ninth_decile_seconds
    from (
        select
            period_code,
            period_start_date,
            scope_code,
            scope_id,
            unit_code,
            measured_code,
            cast(count(*) as bigint) as unit_count,
            {{ count_where('is_ended') }} as ended_count,
            {{ count_where('not is_ended') }} as open_count,
            {{ exact_percentile('open_seconds', 0.5) }} as median_open,
            {{ exact_percentile('open_seconds', 0.9) }} as ninth_decile_open,
            max(open_seconds) as oldest_open_seconds
        from spread
        group by period_code, period_start_date, scope_code, scope_id, unit_code, measured_code
    ) as counted
    left join (
        select
            period_code,
            period_start_date,
            scope_code,
            scope_id,
            measured_code,
            min(case when survival_probability <= 0.5 + 1e-9 then event_seconds end) as median_seconds,
            min(case when survival_probability <= 0.1 + 1e-9 then event_seconds end) as ninth_decile_seconds
        from survived
        group by period_code, period_start_date, scope_code, scope_id, measured_code
    ) as read
        on
            counted.period_code = read.period_code
            and counted.period_start_date = read.period_start_date
            and counted.scope_code = read.scope_code
            and counted.scope_id = read.scope_id
            and counted.measured_code = read.measured_code
)

select * from summarised
