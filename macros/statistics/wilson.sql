{#- Lower end, 0..1, of the 95 % score interval of a proportion (Wilson 1927), with n divided by the
    design effect and p unchanged. Written as p squared over the upper root: the usual difference of
    centre and half-width loses every digit near p = 0, this form is exactly 0 there and never
    leaves 0..1. Constants: z squared by 2, z, z squared by 4, z = 1.959963984540054.
    Null: n = 0, any null, a count outside 0..n, a design effect of 0 or less. -#}
{%- macro wilson_low(successes, n, deff='1') -%}
{%- set effective = ratio(successes, deff) -%}
{%- set share = ratio(successes, n) -%}
(case when ({{ successes }}) >= 0 and ({{ successes }}) <= ({{ n }}) and ({{ deff }}) > 0 then
{{ ratio(
    effective ~ ' * ' ~ share,
    effective ~ ' + 1.920729410347062e0 + 1.959963984540054e0 * sqrt('
    ~ effective ~ ' * (1 - ' ~ share ~ ') + 9.60364705173531e-1)'
) }} end)
{%- endmacro -%}

{#- Upper end, 0..1, of the same interval: what the failures' lower end leaves. Nulls as there. -#}
{%- macro wilson_high(successes, n, deff='1') -%}
(1 - {{ wilson_low('((' ~ n ~ ') - (' ~ successes ~ '))', n, deff) }})
{%- endmacro -%}
