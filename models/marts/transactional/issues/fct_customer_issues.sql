with

customer_chains as (
    select * from {{ ref('int_customer_chains') }}
),

ticket_reopenings as (
    select * from {{ ref('int_ticket_reopenings') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

gathered as (
    select
        customer_id,
        chain_count,
        max(case when is_first then step_id end) as contact_id,
        max(case when is_first then entered_date end) as entered_date,
        max(case when is_first then started_at end) as started_at,
        max(case when is_first then ended_at end) as first_ended_at,
        min(case when has_begun and not is_first and is_asked then started_at end) as repeated_at
    from customer_chains
    group by customer_id, chain_count
    having bool_or(is_first)
),

reopened as (
    {{ reopened_chains('customer_chains', 'ticket_reopenings', ['customer_id']) }}
),

measured as (
    select
        gathered.customer_id,
        gathered.contact_id,
        gathered.entered_date,
        gathered.started_at,
        gathered.first_ended_at,
        least(gathered.repeated_at, reopened.reopened_at) as repeated_at,
        {{ seconds_between(
            'gathered.first_ended_at', 'least(gathered.repeated_at, reopened.reopened_at)'
        ) }} as until_repeat_seconds,
        {{ seconds_between('gathered.first_ended_at', 'as_of.as_of_at') }} as followed_seconds
    from gathered
    left join reopened
        on
            gathered.customer_id = reopened.customer_id
            and gathered.chain_count = reopened.chain_count
    cross join as_of
)

select * from measured
