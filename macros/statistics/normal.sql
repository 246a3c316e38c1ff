{#- Upper tail 1 - Phi(z) of the standard normal for 0 <= z <= 38: exp(-z*z by 2) times the rational
    function of Hart et al. (1968, number 5666) as printed by West (2005). Its branch for z > 7.07
    is left out: the function keeps the right limit 1 by (z*sqrt(2*pi)), so beyond 7.07 it is out
    by 4e-6 of the value at most (of a probability under 1e-12); below, by 3e-9 of it, and in
    absolute terms by less than 2e-16 everywhere. For the macros of this folder; no guard against a
    null or a negative z. -#}
{%- macro normal_upper_tail(z) -%}
{%- set above = [
    '3.52624965998911e-2', '7.00383064443688e-1', '6.37396220353165e0', '3.3912866078383e1',
    '1.12079291497871e2', '2.21213596169931e2', '2.20206867912376e2',
] -%}
{%- set below = [
    '8.83883476483184e-2', '1.75566716318264e0', '1.6064177579207e1', '8.67807322029461e1',
    '2.96564248779674e2', '6.37333633378831e2', '7.93826512519948e2', '4.40413735824752e2',
] -%}
{{ ratio(
    'exp(-5e-1 * power(' ~ z ~ ', 2)) * ' ~ polynomial(above, z), polynomial(below, z)
) }}
{%- endmacro -%}

{#- Standard normal distribution function Phi(z), 0..1. Absolute error under 1e-15; the lower tail
    is as good relative to itself as `normal_upper_tail`. Beyond |z| = 38 it is 0 or 1. Null: z. -#}
{%- macro normal_cdf(z) -%}
{%- set tail = normal_upper_tail('abs(' ~ z ~ ')') -%}
(case when ({{ z }}) > 38 then cast(1 as double) when ({{ z }}) < -38 then cast(0 as double)
when ({{ z }}) > 0 then 1 - {{ tail }} when ({{ z }}) <= 0 then {{ tail }} end)
{%- endmacro -%}

{#- Two-sided p value of a standard normal score, 2*(1 - Phi(|z|)), 0..1, from the tail itself, not
    from 1 less something near 1. Beyond |z| = 38 it is 0 (a double holds nothing smaller).
    Null: z. -#}
{%- macro normal_two_sided(z) -%}
(case when abs({{ z }}) > 38 then cast(0 as double)
when abs({{ z }}) <= 38 then 2 * {{ normal_upper_tail('abs(' ~ z ~ ')') }} end)
{%- endmacro -%}
