with

workloads as (
    select * from {{ ref('int_workloads_gathered') }}
),

goals as (
    select * from {{ ref('int_workload_goals') }}
),

shrinkages as (
    select * from {{ ref('int_shrinkages_measured') }}
),

-- Each half hour is asked twice: as it is, and with the longer handle time.
asked as (
    select
        workloads.queue_id,
        workloads.weekday_number,
        workloads.starts_seconds,
        additions.added_seconds,
        {{ ratio('workloads.arrival_count', 'workloads.week_count * 1800') }} as arrival_rate,
        {{ ratio('workloads.handle_seconds', 'workloads.handled_count') }} + additions.added_seconds
            as mean_handle_seconds,
        {{ ratio('workloads.abandoned_count', 'workloads.waited_seconds') }} as patience_rate,
        goals.threshold_seconds,
        goals.target as target_share
    from workloads
    inner join goals on workloads.queue_id = goals.queue_id
    cross join (values (0), ({{ var('workload_added_seconds') }})) as additions (added_seconds)
),

staffed as (
    {{ erlang_rows(
        'asked',
        ['queue_id', 'weekday_number', 'starts_seconds', 'added_seconds'],
        'arrival_rate',
        'mean_handle_seconds',
        'patience_rate',
        'threshold_seconds',
        'target_share',
    ) }}
),

-- Beside each other by a window: a join of the two would compute every row twice on an engine
-- that keeps no shared query.
compared as (
    select
        staffed.*,
        max(case when added_seconds > 0 then erlang_c_agent_count end) over (
            partition by queue_id, weekday_number, starts_seconds
        ) - erlang_c_agent_count as erlang_c_added_agent_count,
        max(case when added_seconds > 0 then erlang_a_agent_count end) over (
            partition by queue_id, weekday_number, starts_seconds
        ) - erlang_a_agent_count as erlang_a_added_agent_count
    from staffed
)

select
    workloads.queue_id,
    workloads.weekday_number,
    workloads.starts_seconds,
    workloads.week_count,
    workloads.arrival_count,
    workloads.handled_count,
    workloads.is_queue_handle,
    1 - {{ ratio('shrinkages.present_seconds', 'shrinkages.paid_seconds') }} as shrinkage_share,
    asked.arrival_rate,
    asked.mean_handle_seconds,
    asked.patience_rate,
    asked.threshold_seconds,
    asked.target_share,
    compared.load_erlangs,
    compared.erlang_c_agent_count,
    {{ paid_agents('compared.erlang_c_agent_count') }} as erlang_c_paid_agent_count,
    compared.erlang_c_wait_probability,
    compared.erlang_c_mean_wait_seconds,
    compared.erlang_c_served_share,
    compared.erlang_c_occupancy_share,
    compared.erlang_c_added_agent_count,
    compared.erlang_a_agent_count,
    {{ paid_agents('compared.erlang_a_agent_count') }} as erlang_a_paid_agent_count,
    compared.erlang_a_wait_probability,
    compared.erlang_a_abandonment_probability,
    compared.erlang_a_mean_wait_seconds,
    compared.erlang_a_served_share,
    compared.erlang_a_occupancy_share,
    compared.erlang_a_added_agent_count
from workloads
inner join asked
    on
        workloads.queue_id = asked.queue_id
        and workloads.weekday_number = asked.weekday_number
        and workloads.starts_seconds = asked.starts_seconds
        and asked.added_seconds = 0
inner join compared
    on
        workloads.queue_id = compared.queue_id
        and workloads.weekday_number = compared.weekday_number
        and workloads.starts_seconds = compared.starts_seconds
        and compared.added_seconds = 0
left join goals on workloads.queue_id = goals.queue_id
left join shrinkages on goals.site_id = shrinkages.site_id
