{#- Student's t of a difference of two means with unequal variances, this period less the previous
    one (Welch 1938). Each side has its own design effect; without `previous_deff` both take `deff`.
    Null: where either variance is, or where both are 0. -#}
{%- macro welch_t(
    total, squares, n, previous_total, previous_squares, previous_n, deff='1', previous_deff=none
) -%}
{{ ratio(
    ratio(total, n) ~ ' - ' ~ ratio(previous_total, previous_n),
    'sqrt(' ~ mean_squared_error(total, squares, n, deff) ~ ' + ' ~ mean_squared_error(
        previous_total, previous_squares, previous_n, previous_deff or deff
    ) ~ ')'
) }}
{%- endmacro -%}

{#- Its degrees of freedom (Satterthwaite 1946), real, with n by deff for n. Null: where t is, or
    where n by deff is 1 or less on either side. -#}
{%- macro welch_df(
    total, squares, n, previous_total, previous_squares, previous_n, deff='1', previous_deff=none
) -%}
{%- set error = mean_squared_error(total, squares, n, deff) -%}
{%- set previous_error = mean_squared_error(
    previous_total, previous_squares, previous_n, previous_deff or deff
) -%}
{%- set degrees = mean_degrees(n, deff) -%}
{%- set previous_degrees = mean_degrees(previous_n, previous_deff or deff) -%}
(case when {{ degrees }} > 0 and {{ previous_degrees }} > 0 then {{ ratio(
    'power(' ~ error ~ ' + ' ~ previous_error ~ ', 2)',
    ratio('power(' ~ error ~ ', 2)', degrees) ~ ' + '
    ~ ratio('power(' ~ previous_error ~ ', 2)', previous_degrees)
) }} end)
{%- endmacro -%}

{#- Lower end of the 95 % interval of that difference, in its units. `quantile` is
    `t_quantile_975` of `welch_df`. Null: where the quantile or a variance is. -#}
{%- macro welch_low(
    total, squares, n, previous_total, previous_squares, previous_n, quantile, deff='1',
    previous_deff=none
) -%}
({{ ratio(total, n) }} - {{ ratio(previous_total, previous_n) }} - ({{ quantile }}) * sqrt(
{{ mean_squared_error(total, squares, n, deff) }} + {{ mean_squared_error(
    previous_total, previous_squares, previous_n, previous_deff or deff
) }}))
{%- endmacro -%}

{#- Upper end of the same interval. -#}
{%- macro welch_high(
    total, squares, n, previous_total, previous_squares, previous_n, quantile, deff='1',
    previous_deff=none
) -%}
({{ ratio(total, n) }} - {{ ratio(previous_total, previous_n) }} + ({{ quantile }}) * sqrt(
{{ mean_squared_error(total, squares, n, deff) }} + {{ mean_squared_error(
    previous_total, previous_squares, previous_n, previous_deff or deff
) }}))
{%- endmacro -%}
