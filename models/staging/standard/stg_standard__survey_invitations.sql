with

survey_invitations as (
    select * from {{ source('standard', 'survey_invitations') }}
),

renamed as (
    select
        invitation_id,
        contact_id,
        customer_id,
        survey_code,
        channel_code,
        sent_at,
        delivered_at,
        updated_at,
        delivery_id,
        line_number,
        delivered_date,
        row_hash
    from survey_invitations
)

select * from renamed
