{#- Rank, 1..n, of the value that is the lower end of the 95 % interval of the q-quantile of n
    values, by exact binomial order statistics: max(1, the .025 quantile of the binomial of n and
    q). q is 0.5, 0.9 or 0.95, as a number of Jinja. Instead of sums of n terms, an expansion in
    powers of 1 by sqrt(n) (Cornish and Fisher 1937, with the correction for whole numbers) gives
    the real k at which the smooth distribution function reaches .025, and the rank is the next
    whole number. It is the exact rank for every n from 1 to 2,000,000 and for 300,000 n
    up to 1e9 (all checked); above, it could be one off where k is within 1e-7 of a whole number.
    Null: n null or under 1. -#}
{%- macro quantile_low_rank(n, q) -%}
cast(case when ({{ n }}) >= 1
then greatest(ceil({{ binomial_quantile(n, q, '-', 6) }}), 1) end as bigint)
{%- endmacro -%}

{#- Rank, 1..n, of its upper end: min(n, the .975 quantile of the binomial plus 1). -#}
{%- macro quantile_high_rank(n, q) -%}
cast(case when ({{ n }}) >= 1
then least(ceil({{ binomial_quantile(n, q, '', 7) }}) + 1, {{ n }}) end as bigint)
{%- endmacro -%}

{#- The real k of the .975 quantile, or with a minus, which only turns sqrt(n) round, of the .025
    one, by so many terms (more are worse for few values, fewer for many). Coefficients from the
    incomplete beta function with 70 digits at 14 values of n. -#}
{%- macro binomial_quantile(n, q, sign, term_count) -%}
{%- set terms = {
    '0.5': [
        '9.799819922700271e-1', '-5e-1', '-2.320482063380893e-1', '0e0',
        '-3.874738697308355e-2', '0e0', '1.398725554674421e-1',
    ],
    '0.9': [
        '5.879891953620163e-1', '-8.788611760925501e-1', '-4.784600024912774e-1',
        '-6.325690828997599e-1', '-8.225358181402586e-1', '-3.896030895924503e-1',
        '5.561950459986504e0',
    ],
    '0.95': [
        '4.271642470794706e-1', '-9.262188231041188e-1', '-6.921306584322828e-1',
        '-1.320951913576151e0', '-2.562176967905329e0', '-2.084389430219116e0',
        '3.217359537757835e1',
    ],
} -%}
{%- if q | string not in terms -%}
{{ exceptions.raise_compiler_error('ranks are known for the quantiles 0.5, 0.9 and 0.95') }}
{%- endif -%}
{%- set root = sign ~ 'sqrt(' ~ n ~ ')' -%}
(({{ n }}) * {{ q }}e0 + {{ root }} * {{ polynomial(
    terms[q | string][:term_count] | reverse | list, ratio('1', root)
) }})
{%- endmacro -%}
