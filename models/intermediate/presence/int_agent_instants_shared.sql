with

agent_legs as (
    select *
    from {{ ref('int_agent_legs_placed') }}
    where handle_seconds is not null
),

-- Only agents who were ever on a channel where contacts overlap.
changed as (
    select agent_id, {{ epoch_seconds('begun_at') }} as instant_seconds, 1 as change_count
    from agent_legs
    where agent_id in (
        select agent_id from agent_legs where channel_code in ({{ listed_texts(var('concurrent_channel_codes')) }})
    )
    union all
    select agent_id, {{ epoch_seconds('begun_at') }} + handle_seconds as instant_seconds, -1 as change_count
    from agent_legs
    where agent_id in (
        select agent_id from agent_legs where channel_code in ({{ listed_texts(var('concurrent_channel_codes')) }})
    )
),

added as (
    select agent_id, instant_seconds, {{ total('change_count') }} as change_count
    from changed
    group by agent_id, instant_seconds
),

counted as (
    select
        agent_id,
        instant_seconds,
        cast(sum(change_count) over (
            partition by agent_id order by instant_seconds rows between unbounded preceding and current row
        ) as bigint) as contact_count,
        lead(instant_seconds) over (partition by agent_id order by instant_seconds) - instant_seconds as span_seconds
    from added
),

-- A third of a second has no end in decimals: each span is rounded once, to 12 of them, and
-- from there on sums and differences are exact. 18 digits before the point suffice, and leave
-- a difference its 12 after it on both engines.
shared as (
    select
        agent_id,
        instant_seconds,
        contact_count,
        cast(coalesce(sum(cast({{ ratio('span_seconds', 'contact_count') }} as decimal(30, 12))) over (
            partition by agent_id order by instant_seconds rows between unbounded preceding and 1 preceding
        ), 0) as decimal(30, 12)) as shared_seconds_sum
    from counted
)

select * from shared
