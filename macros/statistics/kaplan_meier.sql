{#- A select: the survival curve (Kaplan and Meier 1958) of each group of `keys` (a list of columns,
    may be empty), one row per group and distinct time of an event, from a relation with one row
    per unit: `time` in whole seconds, `is_event` false where the unit was only watched until then.
    Columns: keys, event_seconds, event_count, at_risk_count (units whose time is this or more, so
    events come before censorings at ties), survival_probability (0..1, just after the events),
    survival_variance (Greenwood 1926), survival_low, survival_high (95 %, from the log of minus
    the log, Kalbfleisch and Prentice 1980).
    The logarithms and the terms of the variance are summed as decimals of 30 places, exact in any
    order, and small (neither sum can pass ln n and 1): the probability is out by less than 1e-12
    of it for a million units. Where all at risk have the event it is 0, no logarithm; variance
    and interval are then null. Units with a null time or event are left out. -#}
{%- macro kaplan_meier(relation, keys, time, is_event) -%}
select
    {% for key in keys %}{{ key }}, {% endfor -%}
    event_seconds, event_count, at_risk_count,
    survival_probability, survival_variance, survival_low, survival_high
from ({{ kaplan_meier_moments(relation, keys, time, is_event, []) }}) as curve_moments
where event_count > 0
{%- endmacro -%}

{#- A select: the same curve read at given times (a list of whole seconds), one row per group and
    time: keys, asked_seconds and the columns above less event_count. at_risk_count is 0 once
    nobody was watched that long: the probability is then null, unless it had reached 0 before.
    Before the first event it is 1 and the interval null. -#}
{%- macro kaplan_meier_at(relation, keys, time, is_event, times) -%}
select
    {% for key in keys %}{{ key }}, {% endfor -%}
    event_seconds as asked_seconds,
    at_risk_count,
    case when is_supported then survival_probability end as survival_probability,
    case when is_supported then survival_variance end as survival_variance,
    case when is_supported then survival_low end as survival_low,
    case when is_supported then survival_high end as survival_high
from (
    select *, at_risk_count > 0 or survival_probability = 0 as is_supported
    from ({{ kaplan_meier_moments(relation, keys, time, is_event, times) }}) as curve_moments
    where is_asked
) as asked_curve
{%- endmacro -%}

{#- The curve at every moment that a unit's time or the caller's list names. An asked time is a
    moment without units. -#}
{%- macro kaplan_meier_moments(relation, keys, time, is_event, times) -%}
{%- set leading = keys | join(', ') ~ (', ' if keys else '') -%}
{%- set within = 'partition by ' ~ keys | join(', ') ~ ' ' if keys else '' -%}
{%- set until_now = 'over (' ~ within
    ~ 'order by event_seconds rows between unbounded preceding and current row)' -%}
{%- set from_now = until_now | replace('order by event_seconds', 'order by event_seconds desc') -%}
{%- set survivors = '(at_risk_count - event_count)' -%}
with observed_moments as (
    select {{ leading }}cast({{ time }} as bigint) as event_seconds, count(*) as unit_count,
        {{ count_where(is_event) }} as event_count, 0 as asked_count
    from {{ relation }}
    where ({{ time }}) is not null and ({{ is_event }}) is not null
    group by {{ leading }}cast({{ time }} as bigint)
),
curve_moments as (
    select * from observed_moments
    {%- if times %}
    union all
    select {{ leading }}cast(asked_seconds as bigint), 0, 0, 1
    from {% if keys %}(select distinct {{ keys | join(', ') }} from observed_moments) as watched_groups
    cross join {% endif %}({% for moment in times %}{{ ' union all ' if not loop.first -}}
        select {{ moment }} as asked_seconds{% endfor %}) as asked_moments
    {%- endif %}
),
moments_merged as (
    select {{ leading }}event_seconds, {{ total('unit_count') }} as unit_count,
        {{ total('event_count') }} as event_count, max(asked_count) > 0 as is_asked
    from curve_moments
    group by {{ leading }}event_seconds
),
moments_at_risk as (
    select {{ leading }}event_seconds, event_count, is_asked,
        cast(sum(unit_count) {{ from_now }} as bigint) as at_risk_count
    from moments_merged
),
moments_summed as (
    select *,
        sum(case when event_count > 0 and {{ survivors }} > 0
            then cast(ln({{ ratio(survivors, 'at_risk_count') }}) as decimal(38, 30))
            else cast(0 as decimal(38, 30)) end) {{ until_now }} as log_terms,
        sum(case when event_count > 0 and {{ survivors }} > 0
            then cast({{ ratio(
                'event_count', 'cast(at_risk_count as double) * ' ~ survivors
            ) }} as decimal(38, 30))
            else cast(0 as decimal(38, 30)) end) {{ until_now }} as variance_terms,
        max(case when event_count > 0 and {{ survivors }} = 0 then 1 else 0 end)
            {{ until_now }} > 0 as is_exhausted
    from moments_at_risk
    where event_count > 0 or is_asked
),
moments_measured as (
    select {{ leading }}event_seconds, event_count, is_asked, at_risk_count, is_exhausted,
        cast(log_terms as double) as log_survival,
        cast(variance_terms as double) as variance_sum,
        1.959963984540054e0 * {{ ratio(
            'sqrt(cast(variance_terms as double))', '-log_terms'
        ) }} as log_reach
    from moments_summed
)
select {{ leading }}event_seconds, event_count, is_asked, at_risk_count,
    case when is_exhausted then cast(0 as double)
        else exp(log_survival) end as survival_probability,
    case when not is_exhausted
        then exp(2 * log_survival) * variance_sum end as survival_variance,
    case when not is_exhausted
        then exp(log_survival * exp(log_reach)) end as survival_low,
    case when not is_exhausted
        then exp(log_survival * exp(-log_reach)) end as survival_high
from moments_measured
{%- endmacro -%}
