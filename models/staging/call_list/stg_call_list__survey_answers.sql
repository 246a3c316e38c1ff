with

calls as (
    select * from {{ source('call_list', 'calls') }}
),

-- The satisfaction column of a call list is one answer to one question about the call. An empty
-- one is a version too: it takes back an answer that an earlier delivery gave.
answered as (
    select
        call_id as response_id,
        'csat' as question_code,
        call_id as contact_id,
        csat_scale_code as scale_code,
        csat_answer_text as answer_text,
        entered_at as answered_at,
        updated_at,
        delivery_id,
        line_number,
        delivered_date,
        row_hash
    from calls
)

select * from answered
