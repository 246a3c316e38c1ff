{#- Four columns of a select, the additive components of a stratum with `events` of `n` in one group
    and `other_events` of `other_n` in the other, decimal(38, 12) so that they add up to the same
    sum in any order: risk_weight_points n*m by (n + m), risk_gap_points (weight times difference of
    the two shares), and Sato's (1989) risk_slope_points and risk_spread_points, P and Q below.
    A stratum with an empty group adds 0. Null: any null, no one in either group, a count below 0
    or more events than units. Up to 1e12 units. -#}
{%- macro mantel_haenszel_points(events, n, other_events, other_n) -%}
{%- set a, b = 'cast(' ~ events ~ ' as double)', 'cast(' ~ other_events ~ ' as double)' -%}
{%- set m, k = 'cast(' ~ n ~ ' as double)', 'cast(' ~ other_n ~ ' as double)' -%}
{%- set every = '(' ~ m ~ ' + ' ~ k ~ ')' -%}
{{ stratum_points(m ~ ' * ' ~ ratio(k, every), events, n, other_events, other_n) }}
    as risk_weight_points,
{{ stratum_points(
    a ~ ' * ' ~ ratio(k, every) ~ ' - ' ~ b ~ ' * ' ~ ratio(m, every),
    events, n, other_events, other_n
) }} as risk_gap_points,
{{ stratum_points(
    b ~ ' * power(' ~ ratio(m, every) ~ ', 2) - ' ~ a ~ ' * power(' ~ ratio(k, every)
    ~ ', 2) + 5e-1 * ' ~ ratio(m, every) ~ ' * ' ~ ratio(k, every) ~ ' * (' ~ k ~ ' - ' ~ m ~ ')',
    events, n, other_events, other_n
) }} as risk_slope_points,
{{ stratum_points(
    '5e-1 * (' ~ a ~ ' * ' ~ ratio(k ~ ' - ' ~ b, every) ~ ' + ' ~ b ~ ' * '
    ~ ratio(m ~ ' - ' ~ a, every) ~ ')',
    events, n, other_events, other_n
) }} as risk_spread_points
{%- endmacro -%}

{#- A component as an exact decimal, null for a stratum that cannot be. -#}
{%- macro stratum_points(formula, events, n, other_events, other_n) -%}
cast(case when ({{ events }}) between 0 and ({{ n }})
    and ({{ other_events }}) between 0 and ({{ other_n }})
then {{ formula }} end as decimal(38, 12))
{%- endmacro -%}

{#- Risk difference, -1..1, over strata (Mantel and Haenszel 1959; Greenland and Robins 1985), the
    first group less the other, from the sums of the components. Null: any null, no stratum with
    both groups. -#}
{%- macro mantel_haenszel_gap(gap_points, weight_points) -%}
{{ ratio(gap_points, weight_points) }}
{%- endmacro -%}

{#- Its squared standard error by Sato (1989), (gap * P + Q) over weight squared, which holds for
    many small strata as for few large ones; of one stratum it is the usual pq by n of both
    groups, added. Null: as above. -#}
{%- macro mantel_haenszel_squared_error(gap_points, weight_points, slope_points, spread_points) -%}
{%- set spread = '(' ~ mantel_haenszel_gap(gap_points, weight_points) ~ ' * cast('
    ~ slope_points ~ ' as double) + cast(' ~ spread_points ~ ' as double))' -%}
{{ ratio(
    '(case when ' ~ spread ~ ' > 0 then ' ~ spread ~ ' when ' ~ spread ~ ' <= 0 then 0 end)',
    'power(cast(' ~ weight_points ~ ' as double), 2)'
) }}
{%- endmacro -%}

{#- Lower end of its 95 % interval, cut to -1. Of width 0 where no stratum varies. -#}
{%- macro mantel_haenszel_low(gap_points, weight_points, slope_points, spread_points) -%}
{{ mantel_haenszel_end('-', gap_points, weight_points, slope_points, spread_points) }}
{%- endmacro -%}

{#- Upper end of the same interval, cut to 1. -#}
{%- macro mantel_haenszel_high(gap_points, weight_points, slope_points, spread_points) -%}
{{ mantel_haenszel_end('+', gap_points, weight_points, slope_points, spread_points) }}
{%- endmacro -%}

{#- One end of it. `greatest` and `least` skip nulls on both engines, so a null is let through. -#}
{%- macro mantel_haenszel_end(sign, gap_points, weight_points, slope_points, spread_points) -%}
{%- set end = '(' ~ mantel_haenszel_gap(gap_points, weight_points) ~ ' ' ~ sign
    ~ ' 1.959963984540054e0 * sqrt(' ~ mantel_haenszel_squared_error(
        gap_points, weight_points, slope_points, spread_points
    ) ~ '))' -%}
(case when {{ end }} is not null
then greatest(least({{ end }}, cast(1 as double)), cast(-1 as double)) end)
{%- endmacro -%}
