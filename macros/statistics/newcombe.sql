{#- Lower end, -1..1, of the 95 % interval of a difference of two independent proportions, this
    period less the previous one: method 10 of Newcombe (1998), two Wilson intervals squared and
    added. Each side has its own design effect; without `previous_deff` both take `deff`.
    Null: where either Wilson interval is null. -#}
{%- macro newcombe_low(
    successes, n, previous_successes, previous_n, deff='1', previous_deff=none
) -%}
{%- set share = ratio(successes, n) -%}
{%- set previous_share = ratio(previous_successes, previous_n) -%}
({{ share }} - {{ previous_share }} - sqrt(
    power({{ share }} - {{ wilson_low(successes, n, deff) }}, 2)
    + power({{ wilson_high(previous_successes, previous_n, previous_deff or deff) }}
        - {{ previous_share }}, 2)
))
{%- endmacro -%}

{#- Upper end, -1..1, of the same interval: this period's upper and the previous lower distance. -#}
{%- macro newcombe_high(
    successes, n, previous_successes, previous_n, deff='1', previous_deff=none
) -%}
{%- set share = ratio(successes, n) -%}
{%- set previous_share = ratio(previous_successes, previous_n) -%}
({{ share }} - {{ previous_share }} + sqrt(
    power({{ wilson_high(successes, n, deff) }} - {{ share }}, 2)
    + power({{ previous_share }}
        - {{ wilson_low(previous_successes, previous_n, previous_deff or deff) }}, 2)
))
{%- endmacro -%}
