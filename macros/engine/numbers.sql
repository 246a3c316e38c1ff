{#
    Exact quantile by linear interpolation (type 7), a double; null over no values. Both engines
    read the standard's words, and their arithmetic agrees to the last bits only.
#}
{% macro exact_percentile(expression, share) -%}
percentile_cont({{ share }}) within group (order by cast({{ expression }} as double))
{%- endmacro %}


{#
    In a select list: one row per whole number from the first to the last, both included, none
    where the last is smaller. One engine would count down instead.
#}
{% macro number_series(first, last) %}{{ return(adapter.dispatch('number_series', 'telltale')(first, last)) }}{% endmacro %}

{% macro duckdb__number_series(first, last) -%}
unnest(generate_series(cast({{ first }} as bigint), cast({{ last }} as bigint)))
{%- endmacro %}

{% macro spark__number_series(first, last) -%}
explode(case when ({{ first }}) <= ({{ last }}) then sequence(cast({{ first }} as bigint), cast({{ last }} as bigint)) end)
{%- endmacro %}


{#
    A recursion inside one row, always in the same order: `step` is SQL over the doubles `so_far`
    (at first `initial`) and `step_number` (first ... last) and gives the next `so_far`. With the
    last smaller than the first it is `initial`; null where first, last or `initial` is.
#}
{% macro fold(first, last, initial, step) %}{{ return(adapter.dispatch('fold', 'telltale')(first, last, initial, step)) }}{% endmacro %}

{% macro duckdb__fold(first, last, initial, step) -%}
list_reduce(
    cast(generate_series(cast({{ first }} as bigint), cast({{ last }} as bigint)) as double[]),
    lambda so_far, step_number: {{ step }},
    cast({{ initial }} as double)
)
{%- endmacro %}

{% macro spark__fold(first, last, initial, step) -%}
aggregate(
    case
        when ({{ first }}) <= ({{ last }}) then sequence(cast({{ first }} as bigint), cast({{ last }} as bigint))
        when ({{ first }}) > ({{ last }}) then cast(array() as array<bigint>)
    end,
    cast({{ initial }} as double),
    (so_far, whole_number) -> (
        {{ modules.re.sub('\\bstep_number\\b', 'cast(whole_number as double)', step) }}
    )
)
{%- endmacro %}


{# The same as a relation of one column, `number`. #}
{% macro numbers_between(first, last) -%}
select {{ number_series(first, last) }} as number
{%- endmacro %}
