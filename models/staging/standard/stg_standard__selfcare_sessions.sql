with

selfcare_sessions as (
    select * from {{ source('standard', 'selfcare_sessions') }}
),

renamed as (
    select
        session_id,
        customer_id,
        channel_code,
        reason_code,
        site_id,
        started_at,
        ended_at,
        is_completed,
        is_escalated,
        contact_id,
        sent_by_contact_id,
        sent_by_agent_id,
        sent_at,
        updated_at,
        delivery_id,
        line_number,
        delivered_date,
        row_hash
    from selfcare_sessions
)

select * from renamed
