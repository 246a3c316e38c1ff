{# The windows in which a repeat is looked for, in seconds, from the shortest to the longest. #}
{% macro resolution_windows() %}
    {% set windows = [] %}
    {% for days in var('resolution_window_days') | sort %}{% do windows.append(days * 86400) %}{% endfor %}
    {{ return(windows) }}
{% endmacro %}

{# The same as a relation of one column. #}
{% macro listed_windows() -%}
(values {% for window in resolution_windows() %}(cast({{ window }} as bigint)){{ ', ' if not loop.last }}{% endfor %}) as windows (window_seconds)
{%- endmacro %}

{# Silence that ends an issue: what is asked for, never less than the longest window. #}
{% macro issue_gap(asked) -%}
greatest(coalesce({{ asked }}, {{ var('issue_gap_seconds') }}), {{ resolution_windows() | last }})
{%- endmacro %}

{# The same where nobody asked for one: a number. #}
{% macro usual_issue_gap() %}{{ return([var('issue_gap_seconds'), resolution_windows() | last] | max) }}{% endmacro %}


{#
    Steps in chains: contacts of the same keys follow one another as long as the silence between
    the latest end so far and the next start is at most `gap`. Sessions lie in a chain and never
    lengthen one, nor does a person answer one; one that only came before the first contact of a
    chain lies in it if the silence until that contact is short enough.

    Columns of the steps, and
      chain_count             number of the chain within its keys; null outside every chain
      is_first                the first contact that a person answered: the issue begins here
      begun_at                start of that contact; null where nobody answered
      has_begun               this step or an earlier one of the chain is that contact
      is_last                 the last contact of the chain
      is_last_answered        the last contact of the chain that a person answered
      is_switch               on the path and on another channel than the step before
#}
{% macro chained_steps(steps, keys, gap) %}
with

watched as (
    select *
    from {{ steps }}
    where {% for key in keys %}{{ key }} is not null{{ ' and ' if not loop.last }}{% endfor %}
),

neighboured as (
    select
        watched.*,
        max(case when step_code = 'contact' then ended_at end) over (
            {{ step_order(keys) }} rows between unbounded preceding and 1 preceding
        ) as reached_at,
        min(case when step_code = 'contact' then started_at end) over (
            {{ step_order(keys) }} rows between 1 following and unbounded following
        ) as next_at
    from watched
),

judged as (
    select
        neighboured.*,
        coalesce({{ seconds_between('reached_at', 'started_at') }} <= {{ gap }}, false) as is_continued,
        {{ seconds_between('ended_at', 'next_at') }} <= {{ gap }} as is_leading
    from neighboured
),

numbered as (
    select
        judged.*,
        count(case when step_code = 'contact' and not is_continued then 1 end) over (
            {{ step_order(keys) }} rows between unbounded preceding and current row
        ) as begun_count
    from judged
),

chained as (
    select
        numbered.*,
        cast(
            case
                when step_code = 'contact' or is_continued then begun_count
                when is_leading then begun_count + 1
            end as bigint
        ) as chain_count
    from numbered
),

counted as (
    select
        chained.*,
        count(case when is_answered then 1 end) over (
            {{ step_order(keys + ['chain_count']) }} rows between unbounded preceding and current row
        ) as answered_count,
        count(case when is_answered then 1 end) over (
            partition by {{ keys | join(', ') }}, chain_count
        ) as all_answered_count,
        count(case when step_code = 'contact' then 1 end) over (
            {{ step_order(keys + ['chain_count']) }} rows between 1 following and unbounded following
        ) as later_count,
        min(case when is_answered then started_at end) over (
            partition by {{ keys | join(', ') }}, chain_count
        ) as begun_at,
        lag(channel_code) over ({{ step_order(keys + ['chain_count']) }}) as before_code
    from chained
    where chain_count is not null
)

select
    counted.*,
    is_answered and answered_count = 1 as is_first,
    answered_count > 0 as has_begun,
    step_code = 'contact' and later_count = 0 as is_last,
    is_answered and answered_count = all_answered_count as is_last_answered,
    coalesce(before_code != channel_code, false) as is_switch
from counted
{% endmacro %}

{# Contacts before sessions at the same instant: the order never depends on that of the rows. #}
{% macro step_order(keys) -%}
partition by {{ keys | join(', ') }} order by started_at, step_code, step_id
{%- endmacro %}

{#
    Re-opens with work of the tickets that name a contact of a chain in which the issue had begun,
    whenever they came after its begin: keys, chain_count, reopening_count, reopened_at (the first).
#}
{% macro reopened_chains(chains, reopenings, keys) %}
    select
        {% for key in keys %}{{ chains }}.{{ key }},
        {% endfor -%}
        {{ chains }}.chain_count,
        cast(count(*) as bigint) as reopening_count,
        min({{ reopenings }}.reopened_at) as reopened_at
    from {{ chains }}
    inner join {{ reopenings }} on {{ chains }}.step_id = {{ reopenings }}.contact_id
    where
        {{ chains }}.step_code = 'contact'
        and {{ chains }}.has_begun
        and {{ reopenings }}.reopened_at >= {{ chains }}.begun_at
    group by {% for key in keys %}{{ chains }}.{{ key }}, {% endfor %}{{ chains }}.chain_count
{% endmacro %}
