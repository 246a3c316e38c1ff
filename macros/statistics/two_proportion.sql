{#- Standard normal score of a difference of two proportions, this period less the previous one:
    pooled test (Pearson 1900 in its z form), counts divided by the design effect. Where both
    samples are all failures or all successes the pooled variance is 0 and the shares are equal:
    the score is 0, no evidence of change, so that such a member still counts in the
    Benjamini-Hochberg family. Null: an n of 0, any null, a count outside 0..n, a design effect of
    0 or less. The text is long: give it columns, and let a next CTE take its p value. -#}
{%- macro two_proportion_z(
    successes, n, previous_successes, previous_n, deff='1', previous_deff=none
) -%}
{%- set effective = ratio(n, deff) -%}
{%- set previous_effective = ratio(previous_n, previous_deff or deff) -%}
{%- set hits = ratio(successes, deff) -%}
{%- set previous_hits = ratio(previous_successes, previous_deff or deff) -%}
{%- set pooled = ratio(
    hits ~ ' + ' ~ previous_hits, effective ~ ' + ' ~ previous_effective
) -%}
(case when ({{ successes }}) >= 0 and ({{ successes }}) <= ({{ n }}) and ({{ n }}) > 0
and ({{ previous_successes }}) >= 0 and ({{ previous_successes }}) <= ({{ previous_n }})
and ({{ previous_n }}) > 0 and ({{ deff }}) > 0 and ({{ previous_deff or deff }}) > 0 then
(case when ({{ successes }}) + ({{ previous_successes }}) = 0 then cast(0 as double)
when ({{ successes }}) + ({{ previous_successes }}) = ({{ n }}) + ({{ previous_n }})
then cast(0 as double) else
{{ ratio(
    ratio(successes, n) ~ ' - ' ~ ratio(previous_successes, previous_n),
    'sqrt(' ~ pooled ~ ' * (1 - ' ~ pooled ~ ') * ('
    ~ ratio('1', effective) ~ ' + ' ~ ratio('1', previous_effective) ~ '))'
) }} end) end)
{%- endmacro -%}

{#- Two-sided p value, 0..1, of the same test. Nulls as there; 1 where the score is 0. -#}
{%- macro two_proportion_p(
    successes, n, previous_successes, previous_n, deff='1', previous_deff=none
) -%}
{{ normal_two_sided(two_proportion_z(
    successes, n, previous_successes, previous_n, deff, previous_deff
)) }}
{%- endmacro -%}
