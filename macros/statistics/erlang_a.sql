{#- A select: adds to the rows of another (load_erlangs, arrival_rate, handle_seconds,
    patience_rate, threshold_seconds) what M/M/n+M with a number of `agents` gives: agent_count,
    wait_probability, abandonment_probability, served_share (of all arrivals, within the threshold).
    With x = agents by (handle time * theta), y = arrivals by theta, s = exp(-theta * threshold),
    B the loss probability of one agent less, and
        S(x, z) = 1 + z by (x + 1) + z*z by ((x + 1)(x + 2)) + ... = x e^z z^-x gamma(x, z),
    the virtual wait (Baccelli and Hebuterne 1981; Zeltyn and Mandelbaum 2005) gives, as multiples
    of v + B with v = x by (y S(x, y)):
        waits      B
        abandons   B (1 + v - x by y)
        served     v + B (x by y)(1 - 1 by S(x, y) - q (S(x, ys) - 1) by S(x, y)),
    q = exp(y (1 - s) - x theta threshold): the integrals of exp(y(1 - exp(-theta u)) - x theta u)
    over the wait u are incomplete gamma functions. The series has positive terms only and is
    nested from its last one inwards as 1 by S, which cannot pass 1. Far in the overload
    (E = z - x - x ln(z by x) over 40, x at least 10) S is sqrt(2 pi x) exp(E) times Stirling's
    correction; what is left out is exp(-40) of it. Error, absolute, of all three: under 3e-12 up
    to y = 1e5 (it grows with y), mostly under 1e-15. Null: any null, x under 10 with E over
    some 700. -#}
{%- macro erlang_a_measured(rows, agents) -%}
{%- set share = ratio('erlang_x', 'erlang_y') -%}
{%- set v = '(' ~ share ~ ' * exp(-log_all))' -%}
{%- set every = v ~ ' + erlang_b' -%}
{%- set passed = 'exp(erlang_y - erlang_z - erlang_x * patience_rate * threshold_seconds'
    ~ ' + log_passed - log_all)' -%}
select *,
    {{ ratio('erlang_b', every) }} as wait_probability,
    {{ ratio('erlang_b * greatest(1 + ' ~ v ~ ' - ' ~ share ~ ', 0)', every) }}
        as abandonment_probability,
    {{ ratio(
        v ~ ' + erlang_b * ' ~ share ~ ' * (1 - exp(-log_all) - ' ~ passed
        ~ ' * (1 - exp(-log_passed)))',
        every
    ) }} as served_share
from (
    select *,
        {{ palm_log('erlang_x', 'erlang_y', 'excess_all', 'terms_all') }} as log_all,
        {{ palm_log('erlang_x', 'erlang_z', 'excess_passed', 'terms_passed') }} as log_passed,
        {{ erlang_b('load_erlangs', 'agent_count - 1') }} as erlang_b
    from (
        select *,
            {{ palm_terms('erlang_x', 'erlang_y', 'excess_all') }} as terms_all,
            {{ palm_terms('erlang_x', 'erlang_z', 'excess_passed') }} as terms_passed
        from (
            select *,
                {{ palm_excess('erlang_x', 'erlang_y') }} as excess_all,
                {{ palm_excess('erlang_x', 'erlang_z') }} as excess_passed
            from (
                select *,
                    {{ agents }} as agent_count,
                    {{ ratio(agents, 'handle_seconds * patience_rate') }} as erlang_x,
                    {{ ratio('arrival_rate', 'patience_rate') }} as erlang_y,
                    {{ ratio('arrival_rate', 'patience_rate') }}
                        * exp(-patience_rate * threshold_seconds) as erlang_z
                from ({{ rows }}) as rows_measured
            ) as rows_scaled
        ) as rows_in_excess
    ) as rows_with_terms
) as rows_with_series
{%- endmacro -%}

{#- E above: how far the largest term of S(x, z) exceeds 1, as a logarithm, nearly; 0 for z <= x. -#}
{%- macro palm_excess(x, z) -%}
(case when {{ z }} > {{ x }} then {{ z }} - {{ x }} - {{ x }} * ln({{ ratio(z, x) }})
when {{ z }} <= {{ x }} then cast(0 as double) end)
{%- endmacro -%}

{#- Terms after which S(x, z) has lost less than exp(-37) of its largest one: beyond z - x each
    factor is under z by (z + i), whose product over k is under exp(-k*k by (2z + k)); for z < x
    also under (z by x) to the k. None where the closed form holds. -#}
{%- macro palm_terms(x, z, excess) -%}
{%- set reach = '5e-1 * (37 + sqrt(1369 + 296 * ' ~ z ~ '))' -%}
cast(case when {{ excess }} > 40 and {{ x }} >= 10 then 0
when {{ z }} > {{ x }} then ceil({{ z }} - {{ x }} + {{ reach }})
when {{ z }} <= 1e-17 * {{ x }} then 1
when {{ z }} <= {{ x }} then ceil(least({{ reach }}, {{ ratio(
    '40', 'ln(' ~ ratio(x, z) ~ ')'
) }})) end as bigint)
{%- endmacro -%}

{#- ln S(x, z). Stirling's correction has five terms: 3e-14 at x = 10. -#}
{%- macro palm_log(x, z, excess, terms) -%}
{%- set inverse = ratio('1', x) -%}
(case when {{ terms }} = 0 then {{ excess }} + 5e-1 * ln(6.283185307179586e0 * {{ x }})
    + {{ inverse }} * {{ polynomial([
        '8.417508417508417e-4', '-5.952380952380953e-4', '7.936507936507937e-4',
        '-2.777777777777778e-3', '8.333333333333333e-2',
    ], inverse ~ ' * ' ~ inverse) }}
else -ln(nullif({{ fold('1', terms, '1', ratio(
    'so_far', 'so_far + ' ~ ratio(z, x ~ ' + ' ~ terms ~ ' + 1 - step_number')
)) }}, 0)) end)
{%- endmacro -%}
