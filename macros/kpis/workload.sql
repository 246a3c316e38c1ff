{#
    Agents to be paid so that as many are there: a whole number, null where nobody of the site is
    known to have been there. Exact: whole seconds are multiplied before they are divided.
#}
{% macro paid_agents(agent_count) -%}
cast(
    ceil({{ ratio(agent_count ~ ' * shrinkages.paid_seconds', 'shrinkages.present_seconds') }}) as bigint
)
{%- endmacro %}
