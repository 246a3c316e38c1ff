{#- A select: the least number of agents with which the target is met, one row per row of a relation
    whose `keys` (a list of columns) identify it. Given: arrivals per second, mean handle seconds,
    abandonments per second of waiting (theta, null or 0 where unknown), the threshold in seconds
    and the target as a share of all arrivals (served within the threshold).
    Columns: keys, load_erlangs, then for `erlang_c_` (nobody leaves) and `erlang_a_` (patience is
    exponential, Palm 1957) agent_count, wait_probability, mean_wait_seconds (double, over all
    arrivals), served_share (of all arrivals, within the threshold), occupancy_share; and
    erlang_a_abandonment_probability.
    Looked for up to load + 10*sqrt(load) + 20 agents. Null: any null, a rate, handle time or
    target of 0 or less, a target of 1 or more; for `erlang_a_` a theta of 0 or less as well.
    The search for the second begins at target * load (fewer cannot serve so many) and ends where
    the target share need not wait even if nobody leaves. Its share grows with the agents, so a
    first pass looks at every m-th number, m about the square root of how many there are, and a
    second one between two of these. 4,000 rows of 5 to 155 erlangs take 2 to 4 s of one core. -#}
{%- macro erlang_rows(
    relation, keys, arrival_rate, handle_seconds, patience_rate, threshold_seconds, target_share
) -%}
{%- set carried = erlang_carried(keys) -%}
{%- set first_pass -%}
    select *, {{ number_series(
        '0', 'coalesce(ceil(' ~ ratio('last_count - first_count', 'stride_count') ~ '), 0)'
    ) }} as stride_number
    from rows_searched
{%- endset -%}
{%- set second_pass -%}
    select *, {{ number_series(
        'coalesce(missed_count + 1, first_count)',
        'coalesce(met_count, missed_count + 1, first_count)'
    ) }} as candidate_count
    from rows_bracketed
{%- endset -%}
with rows_searched as (
    select *, cast(ceil(sqrt(last_count - first_count + 1)) as bigint) as stride_count
    from (
        select *,
            {{ erlang_c_least('threshold_seconds') }} as erlang_c_agent_count,
            {{ erlang_c_least('0') }} as last_count,
            cast(greatest(ceil(target_share * load_erlangs - 1e-9), 1) as bigint) as first_count
        from ({{ erlang_inputs(
            relation, keys, arrival_rate, handle_seconds, patience_rate, threshold_seconds,
            target_share
        ) }}) as rows_given
    ) as rows_bounded
),
rows_bracketed as (
    select {{ carried }}, erlang_c_agent_count, first_count,
        max(case when served_share < target_share then agent_count end) as missed_count,
        min(case when served_share >= target_share then agent_count end) as met_count
    from ({{ erlang_a_measured(
        first_pass, 'least(first_count + stride_count * stride_number, last_count)'
    ) }}) as rows_tried
    group by {{ carried }}, erlang_c_agent_count, first_count
),
rows_decided as (
    select *, row_number() over (
        partition by {{ carried }}
        order by case when served_share >= target_share then 0 else 1 end, agent_count
    ) as trial_number
    from ({{ erlang_a_measured(second_pass, 'candidate_count') }}) as rows_tried
)
{{ erlang_both(keys, 'rows_decided', 'served_share >= target_share') }}
where trial_number = 1
{%- endmacro -%}

{#- A select: the same columns for a given number of agents (`erlang_c_` is null unless they are
    more than the load; `erlang_a_agent_count` and `erlang_c_agent_count` are the given one). -#}
{%- macro erlang_at(
    relation, keys, arrival_rate, handle_seconds, patience_rate, threshold_seconds, agents
) -%}
with rows_decided as (
    {{ erlang_a_measured(
        erlang_inputs(
            relation, keys, arrival_rate, handle_seconds, patience_rate, threshold_seconds, '5e-1',
            agents
        ),
        'erlang_c_agent_count'
    ) }}
)
{{ erlang_both(keys, 'rows_decided', 'true') }}
{%- endmacro -%}

{#- Columns that identify and describe a row of the selects below. -#}
{%- macro erlang_carried(keys) -%}
{% for key in keys %}{{ key }}, {% endfor -%}
arrival_rate, handle_seconds, patience_rate, threshold_seconds, target_share, load_erlangs
{%- endmacro -%}

{#- A select: the inputs as doubles under one name each; the load is null where an input is none. -#}
{%- macro erlang_inputs(
    relation, keys, arrival_rate, handle_seconds, patience_rate, threshold_seconds, target_share,
    agents=none
) -%}
select *, case when arrival_rate > 0 and handle_seconds > 0 and threshold_seconds >= 0
    and target_share > 0 and target_share < 1 then arrival_rate * handle_seconds end as load_erlangs
from (
    select {% for key in keys %}{{ key }}, {% endfor -%}
        cast({{ arrival_rate }} as double) as arrival_rate,
        cast({{ handle_seconds }} as double) as handle_seconds,
        case when ({{ patience_rate }}) > 0
            then cast({{ patience_rate }} as double) end as patience_rate,
        cast({{ threshold_seconds }} as double) as threshold_seconds,
        {%- if agents is not none %}
        case when ({{ agents }}) >= 1 then cast({{ agents }} as bigint) end as erlang_c_agent_count,
        {%- endif %}
        cast({{ target_share }} as double) as target_share
    from {{ relation }}
) as rows_typed
{%- endmacro -%}

{#- Erlang's loss probability (1917) of `load` erlangs and `agents`, by the recursion
    B(n) = load*B(n-1) by (n + load*B(n-1)), whose steps only add what is positive: a relative
    error of some 1e-15 for any load. For none it is 1. Null: any null. -#}
{%- macro erlang_b(load, agents) -%}
{{ fold('1', agents, '1', ratio(
    '(' ~ load ~ ') * so_far', 'step_number + (' ~ load ~ ') * so_far'
)) }}
{%- endmacro -%}

{#- Erlang's delay probability of `load` and `agents` from the loss probability of one agent less:
    load*B by (agents - load + load*B). Null: any null, agents not above the load. -#}
{%- macro erlang_c(load, agents, loss) -%}
(case when ({{ agents }}) > ({{ load }}) then {{ ratio(
    '(' ~ load ~ ') * (' ~ loss ~ ')',
    '(' ~ agents ~ ') - (' ~ load ~ ') + (' ~ load ~ ') * (' ~ loss ~ ')'
) }} end)
{%- endmacro -%}

{#- Least number of agents with which Erlang C serves the target share within `threshold`: one
    recursion of B that turns into minus the number once it is found. -#}
{%- macro erlang_c_least(threshold) -%}
{%- set step -%}
case when so_far < 0 then so_far
when {{ erlang_c('load_erlangs', 'step_number', 'so_far') }} * exp(
    -(step_number - load_erlangs) * {{ ratio(threshold, 'handle_seconds') }}
) <= 1 - target_share then -step_number
else {{ ratio('load_erlangs * so_far', 'step_number + load_erlangs * so_far') }} end
{%- endset -%}
cast(nullif(greatest(-({{ fold(
    '1', 'floor(load_erlangs + 10 * sqrt(load_erlangs) + 20)', '1', step
) }}), 0), 0) as bigint)
{%- endmacro -%}

{#- A select: what both formulas give, from rows that `erlang_a_measured` gave; its figures only
    where `is_met`. -#}
{%- macro erlang_both(keys, relation, is_met) -%}
{%- set spare = '(erlang_c_agent_count - load_erlangs)' -%}
{%- set waits = erlang_c('load_erlangs', 'erlang_c_agent_count', 'erlang_c_loss') -%}
{%- set stays = '(1 - abandonment_probability)' -%}
select {% for key in keys %}{{ key }}, {% endfor %}load_erlangs,
    erlang_c_agent_count,
    {{ waits }} as erlang_c_wait_probability,
    {{ waits }} * {{ ratio('handle_seconds', spare) }} as erlang_c_mean_wait_seconds,
    1 - {{ waits }} * exp(
        -{{ spare }} * {{ ratio('threshold_seconds', 'handle_seconds') }}
    ) as erlang_c_served_share,
    case when {{ spare }} > 0
        then {{ ratio('load_erlangs', 'erlang_c_agent_count') }} end as erlang_c_occupancy_share,
    {% for name, formula in [
        ('agent_count', 'agent_count'),
        ('wait_probability', 'wait_probability'),
        ('abandonment_probability', 'abandonment_probability'),
        ('mean_wait_seconds', ratio('abandonment_probability', 'patience_rate')),
        ('served_share', 'served_share'),
        ('occupancy_share', ratio('load_erlangs * ' ~ stays, 'agent_count')),
    ] -%}
    case when {{ is_met }} then {{ formula }} end as erlang_a_{{ name }}{{ ',' if not loop.last }}
    {% endfor -%}
from (
    select *, {{ erlang_b('load_erlangs', 'erlang_c_agent_count - 1') }} as erlang_c_loss
    from {{ relation }}
) as rows_with_loss
{%- endmacro -%}
