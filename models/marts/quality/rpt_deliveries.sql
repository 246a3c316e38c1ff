with

deliveries as (
    select * from {{ source('home', 'deliveries') }}
),

raw_tables as (
    select * from {{ source('home', 'raw_tables') }}
),

superseded as (
    {{ all_superseded_rows() }}
),

superseded_counted as (
    select
        delivery_id,
        cast(count(distinct line_number) as bigint) as superseded_count,
        cast(count(distinct conflict_number) as bigint) as conflict_count
    from superseded
    group by delivery_id
),

counted as (
    select
        deliveries.*,
        coalesce(raw_tables.is_read, false) as is_read,
        coalesce(superseded_counted.superseded_count, 0) as superseded_count,
        coalesce(superseded_counted.conflict_count, 0) as conflict_count
    from deliveries
    left join raw_tables
        on
            deliveries.source_code = raw_tables.source_code
            and deliveries.table_code = raw_tables.table_code
    left join superseded_counted on deliveries.delivery_id = superseded_counted.delivery_id
)

select
    delivery_id,
    source_code,
    table_code,
    file_name,
    landed_at,
    verdict_code,
    reason_code,
    message_text,
    is_withdrawn,
    is_read,
    read_count,
    accepted_count,
    rejected_count,
    duplicate_count,
    case when is_read then superseded_count end as superseded_count,
    case when is_read then conflict_count end as conflict_count
from counted
