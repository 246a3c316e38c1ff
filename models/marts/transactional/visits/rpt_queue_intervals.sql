with

queue_intervals as (
    select * from {{ ref('agg_queue_intervals') }}
),

sites as (
    select * from {{ ref('dim_sites') }}
),

settings as (
    select * from {{ source('home', 'settings') }}
)

select
    queue_intervals.half_hour_at,
    case
        when queue_intervals.half_hour_at is not null
            then {{ clock_text('queue_intervals.half_hour_at', 'coalesce(sites.zone_name, settings.zone_name)') }}
    end as half_hour_name,
    queue_intervals.entered_date,
    queue_intervals.site_id,
    queue_intervals.queue_id,
    queue_intervals.offered_count,
    {{ ratio(
        'queue_intervals.answered_count + queue_intervals.callback_reached_count'
        ~ ' - queue_intervals.one_sided_answered_count',
        'queue_intervals.offered_count - queue_intervals.callback_unknown_count'
        ~ ' - queue_intervals.one_sided_count'
    ) }} as answer_rate,
    {{ ratio(
        'queue_intervals.abandoned_count + queue_intervals.abandoned_ringing_count'
        ~ ' - queue_intervals.one_sided_count + queue_intervals.one_sided_answered_count',
        'queue_intervals.offered_count - queue_intervals.one_sided_count'
    ) }} as abandonment_rate,
    {{ ratio('queue_intervals.service_level_met_count', 'queue_intervals.service_level_counted_count') }}
        as service_level_rate,
    case when queue_intervals.half_hour_at is null then 'no_clock' end as reason_code
from queue_intervals
left join sites on queue_intervals.site_id = sites.site_id
cross join settings
