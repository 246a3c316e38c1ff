with

deliveries as (
    select *
    from {{ source('home', 'deliveries') }}
    where not is_withdrawn and (is_active or verdict_code = 'empty_allowed')
),

delivered_columns as (
    select *
    from {{ source('home', 'delivered_columns') }}
    where not is_constant
),

delivering as (
    {{ delivering_columns() }}
),

-- A column that settings fill with one value says nothing on which a rate could stand.
joined as (
    select distinct
        deliveries.delivery_id,
        delivering.table_code,
        delivering.column_code,
        delivering.is_partial
    from deliveries
    inner join delivered_columns
        on
            deliveries.delivery_id = delivered_columns.delivery_id
            and deliveries.source_code = delivered_columns.source_code
            and deliveries.table_code = delivered_columns.table_code
    inner join delivering
        on
            delivered_columns.source_code = delivering.source_code
            and delivered_columns.table_code = delivering.raw_table_code
            and delivered_columns.column_code = delivering.raw_column_code
)

select * from joined
