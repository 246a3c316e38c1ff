{#- Centre, -1..1, of the interval of a net promoter score: three answers are added (Rocks 2016),
    .75 promoter, 1.5 passives, .75 detractor; the plain multinomial interval has width 0 for
    promoters only. It is not the value. Null: any null, no answers, a negative count. -#}
{%- macro nps_centre(promoters, passives, detractors) -%}
(case when ({{ promoters }}) >= 0 and ({{ passives }}) >= 0 and ({{ detractors }}) >= 0
and ({{ promoters }}) + ({{ passives }}) + ({{ detractors }}) > 0 then {{ ratio(
    '(' ~ promoters ~ ') - (' ~ detractors ~ ')',
    '(' ~ promoters ~ ') + (' ~ passives ~ ') + (' ~ detractors ~ ') + 3'
) }} end)
{%- endmacro -%}

{#- Squared standard error, on the scale -1..1, of that centre: (p + d - (p - d) squared) times the
    design effect over n + 3, p and d with the added answers. Nulls as above, and a design effect
    of 0 or less. -#}
{%- macro nps_squared_error(promoters, passives, detractors, deff='1') -%}
{%- set answers = '(' ~ promoters ~ ') + (' ~ passives ~ ') + (' ~ detractors ~ ') + 3' -%}
(case when ({{ deff }}) > 0 then {{ ratio(
    '(' ~ ratio('(' ~ promoters ~ ') + (' ~ detractors ~ ') + 1.5e0', answers) ~ ' - power('
    ~ nps_centre(promoters, passives, detractors) ~ ', 2)) * cast(' ~ deff ~ ' as double)', answers
) }} end)
{%- endmacro -%}

{#- Lower end, -100..100, of the 95 % interval of a net promoter score. Nulls as above. -#}
{%- macro nps_low(promoters, passives, detractors, deff='1') -%}
{{ nps_end('-', nps_centre(promoters, passives, detractors),
    nps_squared_error(promoters, passives, detractors, deff), 100) }}
{%- endmacro -%}

{#- Upper end of the same interval. -#}
{%- macro nps_high(promoters, passives, detractors, deff='1') -%}
{{ nps_end('+', nps_centre(promoters, passives, detractors),
    nps_squared_error(promoters, passives, detractors, deff), 100) }}
{%- endmacro -%}

{#- One end of an interval in points, 100 * (centre +- z * standard error), cut to +-bound.
    `greatest` and `least` skip nulls on both engines, so a null is let through by hand. -#}
{%- macro nps_end(sign, centre, squared_error, bound) -%}
{%- set end = '(100 * (' ~ centre ~ ' ' ~ sign ~ ' 1.959963984540054e0 * sqrt('
    ~ squared_error ~ ')))' -%}
(case when {{ end }} is not null
then greatest(least({{ end }}, cast({{ bound }} as double)), cast(-{{ bound }} as double)) end)
{%- endmacro -%}

{#- Lower end, -200..200, of the 95 % interval of a difference of two net promoter scores, this
    period less the previous one, from the two centres and their variances. Each side has its own
    design effect; without `previous_deff` both take `deff`. Null: where either side is. -#}
{%- macro nps_difference_low(
    promoters, passives, detractors, previous_promoters, previous_passives, previous_detractors,
    deff='1', previous_deff=none
) -%}
{{ nps_end('-', '(' ~ nps_centre(promoters, passives, detractors) ~ ' - '
    ~ nps_centre(previous_promoters, previous_passives, previous_detractors) ~ ')',
    nps_squared_error(promoters, passives, detractors, deff) ~ ' + ' ~ nps_squared_error(
        previous_promoters, previous_passives, previous_detractors, previous_deff or deff
    ), 200) }}
{%- endmacro -%}

{#- Upper end of the same interval. -#}
{%- macro nps_difference_high(
    promoters, passives, detractors, previous_promoters, previous_passives, previous_detractors,
    deff='1', previous_deff=none
) -%}
{{ nps_end('+', '(' ~ nps_centre(promoters, passives, detractors) ~ ' - '
    ~ nps_centre(previous_promoters, previous_passives, previous_detractors) ~ ')',
    nps_squared_error(promoters, passives, detractors, deff) ~ ' + ' ~ nps_squared_error(
        previous_promoters, previous_passives, previous_detractors, previous_deff or deff
    ), 200) }}
{%- endmacro -%}

{#- Standard normal score of that difference; `normal_two_sided` of it (in a next CTE: the text is
    long) agrees with the interval. Null: where either side is. -#}
{%- macro nps_difference_z(
    promoters, passives, detractors, previous_promoters, previous_passives, previous_detractors,
    deff='1', previous_deff=none
) -%}
{{ ratio(
    nps_centre(promoters, passives, detractors) ~ ' - '
    ~ nps_centre(previous_promoters, previous_passives, previous_detractors),
    'sqrt(' ~ nps_squared_error(promoters, passives, detractors, deff) ~ ' + '
    ~ nps_squared_error(
        previous_promoters, previous_passives, previous_detractors, previous_deff or deff
    ) ~ ')'
) }}
{%- endmacro -%}
