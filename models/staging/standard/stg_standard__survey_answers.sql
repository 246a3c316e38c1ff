with

survey_answers as (
    select * from {{ source('standard', 'survey_answers') }}
),

renamed as (
    select
        response_id,
        question_code,
        invitation_id,
        contact_id,
        scale_code,
        answer_text,
        answered_at,
        completed_at,
        is_complete,
        updated_at,
        delivery_id,
        line_number,
        delivered_date,
        row_hash
    from survey_answers
)

select * from renamed
