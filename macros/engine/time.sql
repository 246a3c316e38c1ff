{# Local day of a UTC instant in an IANA zone, by the offset in force at that instant. #}
{% macro local_date(instant, zone) %}{{ return(adapter.dispatch('local_date')(instant, zone)) }}{% endmacro %}

{% macro duckdb__local_date(instant, zone) -%}
cast(timezone({{ zone }}, timezone('UTC', {{ instant }})) as date)
{%- endmacro %}

{% macro spark__local_date(instant, zone) -%}
cast(convert_timezone('UTC', {{ zone }}, {{ instant }}) as date)
{%- endmacro %}


{# Wall clock of a UTC instant in an IANA zone, as a timestamp without zone. #}
{% macro local_instant(instant, zone) %}{{ return(adapter.dispatch('local_instant', 'telltale')(instant, zone)) }}{% endmacro %}

{% macro duckdb__local_instant(instant, zone) -%}
timezone({{ zone }}, timezone('UTC', {{ instant }}))
{%- endmacro %}

{% macro spark__local_instant(instant, zone) -%}
convert_timezone('UTC', {{ zone }}, {{ instant }})
{%- endmacro %}


{#
    UTC instant of a wall clock in an IANA zone. A clock that shows the time twice means the first
    of the two; a time that the clock skips is read with the offset from before.
#}
{% macro utc_instant(wall_clock, zone) %}{{ return(adapter.dispatch('utc_instant', 'telltale')(wall_clock, zone)) }}{% endmacro %}

{# The engine itself takes the second; the first has the offset of the day before. #}
{% macro duckdb__utc_instant(wall_clock, zone) -%}
{%- set second = "timezone('UTC', timezone(" ~ zone ~ ", " ~ wall_clock ~ "))" -%}
{%- set day_before = "(" ~ second ~ " - to_days(1))" -%}
{%- set first = "(" ~ wall_clock ~ " - (" ~ duckdb__local_instant(day_before, zone) ~ " - " ~ day_before ~ "))" -%}
case when {{ duckdb__local_instant(first, zone) }} = {{ wall_clock }} then {{ first }} else {{ second }} end
{%- endmacro %}

{% macro spark__utc_instant(wall_clock, zone) -%}
convert_timezone({{ zone }}, 'UTC', {{ wall_clock }})
{%- endmacro %}


{# Whole seconds since 1970-01-01 00:00:00 UTC, and the instant that far from it. #}
{% macro epoch_seconds(instant) -%}
{{ seconds_between("cast('1970-01-01 00:00:00' as timestamp)", instant) }}
{%- endmacro %}

{% macro epoch_instant(seconds) -%}
{{ add_seconds("cast('1970-01-01 00:00:00' as timestamp)", seconds) }}
{%- endmacro %}


{# Whole seconds from one instant to another, below 0 where that is the earlier one: the length is
   floored, not the negative number. Null if one is null. #}
{% macro seconds_between(from_instant, to_instant) %}{{ return(adapter.dispatch('seconds_between')(from_instant, to_instant)) }}{% endmacro %}

{# date_diff counts crossed boundaries; date_sub counts complete seconds, but towards zero. #}
{% macro duckdb__seconds_between(from_instant, to_instant) -%}
cast(date_sub('second', {{ from_instant }}, {{ to_instant }}) as bigint)
{%- endmacro %}

{% macro spark__seconds_between(from_instant, to_instant) -%}
timestampdiff(second, {{ from_instant }}, {{ to_instant }})
{%- endmacro %}


{# The same in whole microseconds, for spans that are added up before their seconds are counted. #}
{% macro microseconds_between(from_instant, to_instant) %}{{ return(adapter.dispatch('microseconds_between', 'telltale')(from_instant, to_instant)) }}{% endmacro %}

{% macro duckdb__microseconds_between(from_instant, to_instant) -%}
cast(date_sub('microsecond', {{ from_instant }}, {{ to_instant }}) as bigint)
{%- endmacro %}

{% macro spark__microseconds_between(from_instant, to_instant) -%}
timestampdiff(microsecond, {{ from_instant }}, {{ to_instant }})
{%- endmacro %}


{% macro add_seconds(instant, seconds) %}{{ return(adapter.dispatch('add_seconds')(instant, seconds)) }}{% endmacro %}

{% macro duckdb__add_seconds(instant, seconds) -%}
({{ instant }} + to_seconds(cast({{ seconds }} as bigint)))
{%- endmacro %}

{# timestampadd takes no more than an integer's worth of seconds, an interval a bigint's. #}
{% macro spark__add_seconds(instant, seconds) -%}
({{ instant }} + make_dt_interval(0, 0, 0, cast({{ seconds }} as decimal(18, 6))))
{%- endmacro %}


{% macro add_days(day, days) %}{{ return(adapter.dispatch('add_days')(day, days)) }}{% endmacro %}

{% macro duckdb__add_days(day, days) -%}
({{ day }} + cast({{ days }} as integer))
{%- endmacro %}

{% macro spark__add_days(day, days) -%}
date_add({{ day }}, cast({{ days }} as integer))
{%- endmacro %}


{# The same day of an adjacent month, for firsts of months only. #}
{% macro add_months(day, months) %}{{ return(adapter.dispatch('add_months')(day, months)) }}{% endmacro %}

{% macro duckdb__add_months(day, months) -%}
cast({{ day }} + to_months({{ months }}) as date)
{%- endmacro %}

{% macro spark__add_months(day, months) -%}
add_months({{ day }}, {{ months }})
{%- endmacro %}


{# 1 = Monday ... 7 = Sunday. #}
{% macro iso_weekday(day) %}{{ return(adapter.dispatch('iso_weekday')(day)) }}{% endmacro %}

{% macro duckdb__iso_weekday(day) -%}
cast(isodow({{ day }}) as integer)
{%- endmacro %}

{% macro spark__iso_weekday(day) -%}
cast(weekday({{ day }}) + 1 as integer)
{%- endmacro %}


{# One row per day from the first to the last, both included: column `calendar_date`. #}
{% macro days_between(first_day, last_day) %}{{ return(adapter.dispatch('days_between')(first_day, last_day)) }}{% endmacro %}

{% macro duckdb__days_between(first_day, last_day) -%}
select cast(unnest(generate_series({{ first_day }}, {{ last_day }}, interval 1 day)) as date) as calendar_date
{%- endmacro %}

{% macro spark__days_between(first_day, last_day) -%}
select explode(sequence({{ first_day }}, {{ last_day }}, interval 1 day)) as calendar_date
{%- endmacro %}


{# The Monday of a day's ISO week, and the first of its month. Both engines agree on these. #}
{% macro week_start(day) -%}
cast(date_trunc('week', {{ day }}) as date)
{%- endmacro %}

{% macro month_start(day) -%}
cast(date_trunc('month', {{ day }}) as date)
{%- endmacro %}
