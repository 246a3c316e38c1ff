{#- Sample variance, in squared units, from a sum, a sum of squares and a count. The sums are exact
    (bigint or decimal) and become doubles here: the product of two 38-digit decimals overflows to
    null on Spark. The subtraction then costs about 2e-16*(1 + mean*mean by variance) of the
    result: 4e-16 for 1e7 handle times of mean 300 s and sd 200 s, 2e-10 for scores of mean 95 and
    sd .1. What is left under 1e-15 of the squares is rounding alone and counts as 0, so equal
    values have no variance, and none is negative. Null: n under 2, any null. -#}
{%- macro mean_variance(total, squares, n) -%}
{%- set around = '(cast(' ~ squares ~ ' as double) - ' ~ ratio(total, n)
    ~ ' * cast(' ~ total ~ ' as double))' -%}
(case when ({{ n }}) > 1 and {{ around }} > 1e-15 * cast({{ squares }} as double)
then {{ ratio(around, '(' ~ n ~ ') - 1') }}
when ({{ n }}) > 1 and {{ around }} <= 1e-15 * cast({{ squares }} as double)
then cast(0 as double) end)
{%- endmacro -%}

{#- Squared standard error of a mean, in squared units: variance times design effect over n (Kish
    1965). Null: n under 2, any null, a design effect of 0 or less. -#}
{%- macro mean_squared_error(total, squares, n, deff='1') -%}
(case when ({{ deff }}) > 0 then {{ ratio(
    mean_variance(total, squares, n) ~ ' * cast(' ~ deff ~ ' as double)', n
) }} end)
{%- endmacro -%}

{#- Degrees of freedom of the interval below: n by deff - 1, not rounded; under 1 the quantile is
    null. Null: any null, a design effect of 0. -#}
{%- macro mean_degrees(n, deff='1') -%}
({{ ratio(n, deff) }} - 1)
{%- endmacro -%}

{#- Lower end of the 95 % interval of a mean, in its units (Student 1908): mean less quantile times
    s*sqrt(deff by n). `quantile` is `t_quantile_975` of `mean_degrees`. Null: where the quantile or
    the variance is. -#}
{%- macro mean_low(total, squares, n, quantile, deff='1') -%}
({{ ratio(total, n) }}
- ({{ quantile }}) * sqrt({{ mean_squared_error(total, squares, n, deff) }}))
{%- endmacro -%}

{#- Upper end of the same interval. -#}
{%- macro mean_high(total, squares, n, quantile, deff='1') -%}
({{ ratio(total, n) }}
+ ({{ quantile }}) * sqrt({{ mean_squared_error(total, squares, n, deff) }}))
{%- endmacro -%}
