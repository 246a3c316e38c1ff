with

control_totals as (
    select * from {{ source('standard', 'control_totals') }}
),

renamed as (
    select
        checked_source_code,
        queue_id,
        measured_date,
        measure_code,
        measured_count,
        updated_at,
        delivery_id,
        line_number,
        delivered_date,
        row_hash
    from control_totals
)

select * from renamed
