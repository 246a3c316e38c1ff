{#
    The rows of a relation that are not the current version of their key: greatest
    `updated_at`, else greatest date that the contract reads from the file name, else
    greatest row hash; never the order of arrival. Only keys seen twice are sorted.

    One row per such row: delivery_id, line_number, the key, and superseded_code
      duplicate      the same values as the current version
      conflict       other values, and only the row hash decided
      older_version  replaced by a later update or delivery
#}
{% macro superseded_rows(relation, key) %}
with

repeated_keys as (
    select {{ key | join(', ') }}
    from {{ relation }}
    group by {{ key | join(', ') }}
    having count(*) > 1
),

repeated_rows as (
    select
        {% for column in key %}delivered.{{ column }},
        {% endfor -%}
        delivered.source_code,
        delivered.delivery_id,
        delivered.line_number,
        delivered.updated_at,
        delivered.delivered_date,
        delivered.row_hash
    from {{ relation }} as delivered
    inner join repeated_keys
        on {% for column in key %}delivered.{{ column }} = repeated_keys.{{ column }}{{ '\n        and ' if not loop.last }}{% endfor %}
),

ranked as (
    select
        repeated_rows.*,
        row_number() over ({{ versions_first(key) }}) as version_rank,
        first_value(updated_at) over ({{ versions_first(key) }}) as current_updated_at,
        first_value(delivered_date) over ({{ versions_first(key) }}) as current_delivered_date,
        first_value(row_hash) over ({{ versions_first(key) }}) as current_row_hash
    from repeated_rows
)

select
    {{ key | join(',\n    ') }},
    source_code,
    delivery_id,
    line_number,
    case
        when row_hash = current_row_hash then 'duplicate'
        when
            updated_at is not distinct from current_updated_at
            and delivered_date is not distinct from current_delivered_date then 'conflict'
        else 'older_version'
    end as superseded_code
from ranked
where version_rank > 1
{% endmacro %}


{% macro versions_first(key) -%}
partition by {{ key | join(', ') }} order by updated_at desc nulls last, delivered_date desc nulls last, row_hash desc, delivery_id asc, line_number asc
{%- endmacro %}


{# The rows of a relation without those that another model found superseded. #}
{% macro current_rows(relation, superseded) %}
select delivered.*
from {{ relation }} as delivered
left join {{ superseded }} as superseded
    on delivered.delivery_id = superseded.delivery_id
    and delivered.line_number = superseded.line_number
where superseded.delivery_id is null
{% endmacro %}
