{#- Two-sided p value, 0..1, of Student's t with df degrees of freedom (real, >= 1, rounded down).
    With x = df by (df + t*t) it is the incomplete beta I_x(df by 2, 1 by 2), and raising the first
    parameter by 1 splits off one positive term (Abramowitz and Stegun 26.5.16). Six steps leave
    12 more degrees at the same t*t by df, where the normal score of Hill (1970, algorithm 395) is
    out by less than 1e-8; alone it is out by .028 at 1 degree. The leading term needs
    gamma(a + 1 by 2) over gamma(a + 1), a = df by 2: its expansion in w = a + 6.25 (symmetric, even
    powers only), brought down six steps. No term is negative, so small p values keep their digits.
    Worst error for t 0..40: 7e-10 absolute up to 1e6 degrees (2e-10 at 1 degree), 4e-8 up to 1e9;
    of p itself 1e-7 while p is over 1e-9, 4e-6 below, both up to 1e6 degrees.
    Degrees above 1e7 count as 1e7 (the p value moves by 3e-8 at most): ln(1 + t*t by df) holds
    no more digits. The text is long: give it columns, not formulas, `t_normal_score` as well.
    Null: df null or under 1, t null. Beyond |t| = 1e100 it is 0. -#}
{%- macro t_two_sided(t, df, score=none) -%}
{%- set whole = 'least(' ~ whole_degrees(df) ~ ', 1e7)' -%}
{%- set half = '(5e-1 * ' ~ whole ~ ')' -%}
{%- set squared = 'power(' ~ t ~ ', 2)' -%}
{%- set x = ratio(whole, whole ~ ' + ' ~ squared) -%}
{%- set log = 'ln(1 + ' ~ ratio(squared, whole) ~ ')' -%}
{%- set w = '(' ~ half ~ ' + 6.25e0)' -%}
{%- set gammas = 'exp(' ~ ratio('1', 'power(' ~ w ~ ', 2)') ~ ' * ' ~ polynomial(
    ['-1.241048177083333e-3', '2.44140625e-3', '-1.5625e-2'], ratio('1', 'power(' ~ w ~ ', 2)')
) ~ ')' -%}
{%- set series -%}
{%- for k in range(5) -%}
(1 + {{ x }} * {{ ratio(whole ~ ' + ' ~ (2 * k + 1), whole ~ ' + ' ~ (2 * k + 2)) }} *
{% endfor -%}
1{% for k in range(5) %}){% endfor %}
{%- endset -%}
(case when abs({{ t }}) > 1e100 and {{ whole_degrees(df) }} >= 1 then cast(0 as double)
when abs({{ t }}) <= 1e100 and {{ whole_degrees(df) }} >= 1 then
2 * {{ normal_upper_tail(score or hill_score(t, df)) }}
+ {{ series }} * exp(-{{ half }} * {{ log }}) * {{ gammas }} * sqrt({{ ratio(
    squared, '(' ~ whole ~ ' + ' ~ squared ~ ') * 3.141592653589793e0 * ' ~ w
) }}){% for k in range(6) %} * {{
    ratio(half ~ ' + ' ~ (k + 1), half ~ ' + ' ~ k ~ ' + 5e-1')
}}{% endfor %} end)
{%- endmacro -%}

{#- The normal score of Hill at 12 degrees more, for `t_two_sided`. Null: where that is null or 0
    by its limits. A column of its own halves the longest SQL text of the project: the grammar of
    one engine needs memory that grows much faster than the nesting of parentheses. -#}
{%- macro t_normal_score(t, df) -%}
(case when abs({{ t }}) <= 1e100 and {{ whole_degrees(df) }} >= 1 then {{ hill_score(t, df) }} end)
{%- endmacro -%}

{#- The same without its limits. -#}
{%- macro hill_score(t, df) -%}
{%- set whole = 'least(' ~ whole_degrees(df) ~ ', 1e7)' -%}
{%- set log = 'ln(1 + ' ~ ratio('power(' ~ t ~ ', 2)', whole) ~ ')' -%}
{%- set a = '(' ~ whole ~ ' + 1.15e1)' -%}
{%- set y = '(' ~ a ~ ' * ' ~ log ~ ')' -%}
{%- set b = '(48 * power(' ~ a ~ ', 2))' -%}
(sqrt({{ y }}) * (1 + {{ ratio(
    y ~ ' + 3 + ' ~ ratio(
        polynomial(['-4e-1', '-3.3e0', '-2.4e1', '-8.55e1'], y),
        '8e-1 * power(' ~ y ~ ', 2) + 100 + ' ~ b
    ), b
) }}))
{%- endmacro -%}
