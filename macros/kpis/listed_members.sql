{#
    A dimension: the centre's list, the members that facts hold and the list lacks
    (`is_listed` false, their id as their name), and `unassigned`.
    `columns` maps the list's other columns to their types.
#}
{% macro listed_members(list_name, scope_code, key, name, columns) %}
with

listed as (
    select * from {{ source('lists', list_name) }}
),

seen as (
    select member_id
    from {{ ref('int_members_seen') }}
    where scope_code = '{{ scope_code }}'
    union
    select 'unassigned' as member_id
),

members as (
    select
        {{ key }},
        coalesce({{ name }}, {{ key }}) as {{ name }},
        {% for column in columns %}{{ column }},
        {% endfor -%}
        true as is_listed
    from listed
    union all
    select
        seen.member_id as {{ key }},
        seen.member_id as {{ name }},
        {% for column, type in columns.items() %}cast(null as {{ type }}) as {{ column }},
        {% endfor -%}
        false as is_listed
    from seen
    left join listed on seen.member_id = listed.{{ key }}
    where listed.{{ key }} is null
)

select * from members
{% endmacro %}
