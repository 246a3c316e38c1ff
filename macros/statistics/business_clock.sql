{#- A select: seconds inside opening hours, one row per unit: unit_id, business_seconds.
    `spans` has one row per stay of a unit on a schedule, one after another: unit_id, calendar_code,
    started_at, ended_at (UTC). `opening_hours` and `holidays` are the lists of the centre: hours in
    clock seconds after local midnight (closes_seconds over 86400, at most 172800, is past midnight
    and belongs to the day on which it opens; hours that overlap count once), one version per
    valid_from_date (empty: since ever), closed on the local days of `holidays`.
    `schedule_policy` all: every stay by its own calendar, every day by the version of that day.
    last: the calendar of the unit's last stay for all its time, by the version of its last day.
    Parts of seconds are added up and cut once: stays one after another make one span, and an hour
    inside the opening hours is as long here as on any clock. A clock time that comes twice (end of summer time) is the first, one that does not exist is the hour after.
    Null, not 0, for a unit with a null, an end before its start, or a day before the first version
    of the calendar (its hours are unknown). One row per span and day, four more per span. -#}
{%- macro business_seconds(spans, opening_hours, holidays, schedule_policy='all') -%}
{%- set is_last = schedule_policy == 'last' -%}
{%- set since_ever = "cast('0001-01-01' as date)" -%}
with valid_versions as (
    select *, lead(first_date) over (partition by calendar_code order by first_date) as next_date,
        row_number() over (partition by calendar_code order by first_date) = 1 as is_first
    from (
        select calendar_code, coalesce(valid_from_date, {{ since_ever }}) as first_date,
            max(zone_name) as zone_name
        from {{ opening_hours }}
        group by calendar_code, coalesce(valid_from_date, {{ since_ever }})
    ) as listed_versions
),
judged_spans as (
    select unit_id, calendar_code, started_at, ended_at,
        started_at is not null and ended_at is not null and ended_at >= started_at as is_sound
    from {{ spans }}
),
scheduled_spans as (
    {%- if is_last %}
    select unit_id, calendar_code, first_started_at as started_at, last_ended_at as ended_at,
        is_sound
    from (
        select unit_id, calendar_code,
            min(started_at) over (partition by unit_id) as first_started_at,
            max(ended_at) over (partition by unit_id) as last_ended_at,
            min(case when is_sound then 1 else 0 end) over (partition by unit_id) = 1 as is_sound,
            row_number() over (
                partition by unit_id order by started_at desc, ended_at desc, calendar_code
            ) as stay_number
        from judged_spans
    ) as stays_in_order
    where stay_number = 1
    {%- else %}
    select unit_id, calendar_code, started_at, ended_at, is_sound from judged_spans
    {%- endif %}
),
known_spans as (
    select scheduled_spans.*, valid_versions.first_date,
        is_sound and valid_versions.zone_name is not null as is_known
    from scheduled_spans
    left join valid_versions
        on scheduled_spans.calendar_code = valid_versions.calendar_code
        {%- if is_last %}
        and valid_versions.first_date <= {{ local_date('ended_at', 'zone_name') }}
        and (
            valid_versions.next_date is null
            or valid_versions.next_date > {{ local_date('ended_at', 'zone_name') }}
        )
        {%- else %}
        and valid_versions.is_first
        and valid_versions.first_date <= {{ local_date('started_at', 'zone_name') }}
        {%- endif %}
),
span_days as (
    select *, {{ add_days('cast(started_at as date)', 'day_number') }} as calendar_date
    from (
        select *, {{ number_series('-2', 'coalesce(greatest(ceil(' ~ ratio(
            seconds_between('started_at', 'ended_at'), '86400'
        ) ~ '), 0), 0) + 1') }} as day_number
        from known_spans
    ) as numbered_days
),
opened_days as (
    select dated_versions.*,
        {{ clock_offset('midnight_at', '-86400', 'zone_name') }} as offset_before_seconds,
        {{ clock_offset('midnight_at', '259200', 'zone_name') }} as offset_after_seconds
    from (
        select valid_versions.calendar_code, valid_versions.first_date, zone_name, calendar_date,
            cast(calendar_date as timestamp) as midnight_at
        from (
            select distinct calendar_code, {{ 'first_date, ' if is_last }}calendar_date
            from span_days
            where is_known
        ) as wanted_days
        inner join valid_versions
            on wanted_days.calendar_code = valid_versions.calendar_code
            {%- if is_last %}
            and wanted_days.first_date = valid_versions.first_date
            {%- else %}
            and calendar_date >= valid_versions.first_date
            and (valid_versions.next_date is null or calendar_date < valid_versions.next_date)
            {%- endif %}
    ) as dated_versions
    where not exists (
        select 1 from {{ holidays }} as closed_days
        where closed_days.calendar_code = dated_versions.calendar_code
            and closed_days.holiday_date = dated_versions.calendar_date
    )
),
openings as (
    select calendar_code, first_date, calendar_date,
        {{ clock_instant('opens_clock_at') }} as opens_at,
        {{ clock_instant('closes_clock_at') }} as closes_at
    from (
        select opened_days.*,
            {{ add_seconds('midnight_at', 'opens_seconds') }} as opens_clock_at,
            {{ add_seconds('midnight_at', 'closes_seconds') }} as closes_clock_at
        from opened_days
        inner join {{ opening_hours }} as listed_hours
            on opened_days.calendar_code = listed_hours.calendar_code
            and opened_days.first_date = coalesce(listed_hours.valid_from_date, {{ since_ever }})
            and {{ iso_weekday('opened_days.calendar_date') }} = listed_hours.weekday_number
    ) as opened_clocks
),
-- Where hours overlap, also across midnight, a later opening begins where the one before it ends.
parted_openings as (
    select calendar_code, first_date, calendar_date, closes_at,
        greatest(opens_at, coalesce(max(closes_at) over (
            partition by calendar_code{{ ', first_date' if is_last }} order by opens_at, closes_at
            rows between unbounded preceding and 1 preceding
        ), opens_at)) as opens_at
    from openings
)
select unit_id,
    case when min(case when is_known then 1 else 0 end) = 1
        then cast(floor({{ ratio(total_where(microseconds_between(
            'greatest(started_at, opens_at)', 'least(ended_at, closes_at)'
        ), 'opens_at is not null'), '1000000') }}) as bigint) end as business_seconds
from span_days
left join parted_openings
    on span_days.calendar_code = parted_openings.calendar_code
    and span_days.calendar_date = parted_openings.calendar_date
    {%- if is_last %}
    and span_days.first_date = parted_openings.first_date
    {%- endif %}
    and opens_at < closes_at
    and started_at < closes_at
    and ended_at > opens_at
group by unit_id
{%- endmacro -%}

{#- Seconds by which clocks of a zone are ahead of UTC, so many seconds away from an instant. -#}
{%- macro clock_offset(instant, seconds, zone) -%}
{%- set moved = add_seconds(instant, seconds) -%}
{{ seconds_between(moved, local_instant(moved, zone)) }}
{%- endmacro -%}

{#- The UTC instant at which clocks show `clock`, by the offsets before and after its day: the first
    that leads back to it. Only the way from UTC to a clock is asked, since the way back differs
    between engines where a clock time comes twice. -#}
{%- macro clock_instant(clock) -%}
{%- set before = add_seconds(clock, '-offset_before_seconds') -%}
{%- set after = add_seconds(clock, '-offset_after_seconds') -%}
case when {{ local_instant(before, 'zone_name') }} <> {{ clock }}
    and {{ local_instant(after, 'zone_name') }} = {{ clock }} then {{ after }}
else {{ before }} end
{%- endmacro -%}
