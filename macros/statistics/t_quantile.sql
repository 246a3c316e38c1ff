{#- Degrees of freedom rounded down to a whole number, which never widens the claim. A whole number
    that division left a hair short (n by deff - 1) stays whole: 1e-9 is far above rounding and far
    below any difference that matters. Join the seed `t_quantiles` on this. Null: df. -#}
{%- macro whole_degrees(df) -%}
floor(({{ df }}) + 1e-9)
{%- endmacro -%}

{#- The .975 quantile of Student's t, for a 95 % interval. Up to 200 degrees the caller's joined
    column `seeded` (seed `t_quantiles`, out by 4e-15 of it at most); above, the expansion of
    Cornish and Fisher (1937; terms as in Abramowitz and Stegun 26.7.5, and one more), five terms at
    z = 1.959963984540054, out by less than 1e-12. Fractional df are rounded down.
    Null: df null or under 1, or no seed row where one is due. -#}
{%- macro t_quantile_975(df, seeded) -%}
{%- set whole = whole_degrees(df) -%}
(case when {{ whole }} >= 1 and {{ whole }} <= 200 then cast({{ seeded }} as double)
when {{ whole }} > 200 then {{ polynomial([
    '0.7328982119816057e0', '1.5895340533938236e0', '2.5558496795077232e0',
    '2.8224986157396117e0', '2.372271230298563e0', '1.959963984540054e0',
], ratio('1', whole)) }} end)
{%- endmacro -%}
