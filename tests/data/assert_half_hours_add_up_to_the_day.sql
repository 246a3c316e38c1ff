-- Days of 46, 48 or 50 half hours: whatever the clocks do, no visit may be lost between an interval
-- and its day.
with

from_intervals as (
    select
        entered_date,
        site_id,
        sum(received_count) as received_count,
        sum(offered_count) as offered_count,
        sum(answered_count) as answered_count,
        sum(offered_wait_seconds) as offered_wait_seconds,
        sum(service_level_met_count) as service_level_met_count
    from {{ ref('agg_queue_intervals') }}
    group by entered_date, site_id
),

from_days as (
    select
        entered_date,
        site_id,
        sum(received_count) as received_count,
        sum(offered_count) as offered_count,
        sum(answered_count) as answered_count,
        sum(offered_wait_seconds) as offered_wait_seconds,
        sum(service_level_met_count) as service_level_met_count
    from {{ ref('agg_transactional_daily') }}
    group by entered_date, site_id
    having sum(received_count) > 0
)

select from_days.*
from from_days
full outer join from_intervals
    on from_days.entered_date = from_intervals.entered_date and from_days.site_id = from_intervals.site_id
where
    from_days.received_count is distinct from from_intervals.received_count
    or from_days.offered_count is distinct from from_intervals.offered_count
    or from_days.answered_count is distinct from from_intervals.answered_count
    or from_days.offered_wait_seconds is distinct from from_intervals.offered_wait_seconds
    or from_days.service_level_met_count is distinct from from_intervals.service_level_met_count
