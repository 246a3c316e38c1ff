{#- Plain kappa (Cohen 1960), -1..1, of two yes-or-no judgements of the same things, from the four
    counts: agreement beyond what the margins give by chance, over what is left beyond it. Written
    as 2(ad - bc) over (a + b)(b + d) + (a + c)(c + d), where both agreements subtract exactly.
    Null: any null, a negative count, or chance alone would agree always (no things, or both
    judges give one answer only). -#}
{%- macro cohen_kappa(both_yes, yes_no, no_yes, both_no) -%}
{%- set a, b = 'cast(' ~ both_yes ~ ' as double)', 'cast(' ~ yes_no ~ ' as double)' -%}
{%- set c, d = 'cast(' ~ no_yes ~ ' as double)', 'cast(' ~ both_no ~ ' as double)' -%}
(case when ({{ both_yes }}) >= 0 and ({{ yes_no }}) >= 0 and ({{ no_yes }}) >= 0
and ({{ both_no }}) >= 0 then {{ ratio(
    '2 * (' ~ a ~ ' * ' ~ d ~ ' - ' ~ b ~ ' * ' ~ c ~ ')',
    '(' ~ a ~ ' + ' ~ b ~ ') * (' ~ b ~ ' + ' ~ d ~ ') + ('
    ~ a ~ ' + ' ~ c ~ ') * (' ~ c ~ ' + ' ~ d ~ ')'
) }} end)
{%- endmacro -%}
