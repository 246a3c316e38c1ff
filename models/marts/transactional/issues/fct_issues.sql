with

issue_chains as (
    select * from {{ ref('int_issue_chains') }}
),

issue_steps as (
    select *
    from {{ ref('int_issue_steps') }}
    where (customer_id is null or issue_reason_code is null) and is_answered
),

ticket_reopenings as (
    select * from {{ ref('int_ticket_reopenings') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- One row per chain that a person answered at least once. Who is unknown, or with what, cannot be
-- followed: each such contact is a row of its own, so that their share can be told.
gathered as (
    select
        customer_id,
        issue_reason_code,
        chain_count,
        max(case when is_first then step_id end) as contact_id,
        max(case when is_first then site_id end) as site_id,
        max(case when is_first then queue_id end) as queue_id,
        max(case when is_first then channel_code end) as first_channel_code,
        max(case when is_last_answered then channel_code end) as resolving_channel_code,
        max(case when is_first then entered_date end) as entered_date,
        max(case when is_first then started_at end) as started_at,
        max(case when is_first then ended_at end) as first_ended_at,
        max(case when has_begun and step_code = 'contact' then ended_at end) as ended_at,
        min(case when has_begun and not is_first and is_asked then started_at end) as repeated_at,
        {{ count_where('has_begun and is_asked') }} as contact_count,
        {{ count_where('is_switch') }} as switch_count,
        {{ total_where('answered_leg_count', 'has_begun') }} as answered_leg_count,
        {{ total_where('handled_count', 'has_begun') }} as handled_count,
        {{ total_where('handle_seconds', 'has_begun') }} as handle_seconds,
        bool_or(case when is_last then is_resolved end) as is_declared_resolved,
        {{ ordered_texts(
            "coalesce(channel_code, 'unassigned')", ['started_at', 'step_code', 'step_id'], ' > '
        ) }} as path_name,
        max(issue_gap_seconds) as issue_gap_seconds,
        true as is_followed
    from issue_chains
    group by customer_id, issue_reason_code, chain_count
    having bool_or(is_first)
    union all
    select
        customer_id,
        issue_reason_code,
        cast(null as bigint) as chain_count,
        step_id as contact_id,
        site_id,
        queue_id,
        channel_code as first_channel_code,
        channel_code as resolving_channel_code,
        entered_date,
        started_at,
        ended_at as first_ended_at,
        ended_at,
        cast(null as timestamp) as repeated_at,
        cast(1 as bigint) as contact_count,
        cast(0 as bigint) as switch_count,
        answered_leg_count,
        handled_count,
        handle_seconds,
        is_resolved as is_declared_resolved,
        coalesce(channel_code, 'unassigned') as path_name,
        issue_gap_seconds,
        false as is_followed
    from issue_steps
),

-- A ticket belongs to the issue of its contact: when a person had to work on it again, the first
-- contact was not enough, however long the silence before.
reopened as (
    {{ reopened_chains('issue_chains', 'ticket_reopenings', ['customer_id', 'issue_reason_code']) }}
),

measured as (
    select
        {{ hash_key(['gathered.customer_id', 'gathered.issue_reason_code', 'gathered.contact_id']) }} as issue_id,
        gathered.customer_id,
        gathered.contact_id,
        gathered.site_id,
        gathered.queue_id,
        gathered.first_channel_code as channel_code,
        gathered.resolving_channel_code,
        gathered.issue_reason_code as reason_code,
        gathered.path_name,
        gathered.is_followed,
        gathered.is_declared_resolved,
        gathered.entered_date,
        gathered.started_at,
        gathered.first_ended_at,
        least(gathered.repeated_at, reopened.reopened_at) as repeated_at,
        gathered.ended_at,
        gathered.contact_count,
        coalesce(reopened.reopening_count, 0) as reopening_count,
        gathered.contact_count - 1 + coalesce(reopened.reopening_count, 0) as repeat_count,
        gathered.switch_count,
        gathered.answered_leg_count,
        gathered.handled_count,
        gathered.handle_seconds,
        {{ seconds_between('gathered.started_at', 'gathered.ended_at') }} as issue_seconds,
        {{ seconds_between(
            'gathered.first_ended_at', 'least(gathered.repeated_at, reopened.reopened_at)'
        ) }} as until_repeat_seconds,
        {{ seconds_between('gathered.first_ended_at', 'as_of.as_of_at') }} as followed_seconds,
        {{ seconds_between('gathered.ended_at', 'as_of.as_of_at') }} > gathered.issue_gap_seconds as is_closed
    from gathered
    left join reopened
        on
            gathered.customer_id = reopened.customer_id
            and gathered.issue_reason_code = reopened.issue_reason_code
            and gathered.chain_count = reopened.chain_count
    cross join as_of
)

select * from measured
