with

deliveries as (
    select * from {{ source('home', 'deliveries') }}
),

superseded as (
    select delivery_id, line_number from {{ ref('int_contact_legs_superseded') }}
    union
    select delivery_id, line_number from {{ ref('int_agents_superseded') }}
    union
    select delivery_id, line_number from {{ ref('int_survey_invitations_superseded') }}
    union
    select delivery_id, line_number from {{ ref('int_survey_answers_superseded') }}
),

superseded_counted as (
    select delivery_id, cast(count(*) as bigint) as superseded_count
    from superseded
    group by delivery_id
)

select
    deliveries.delivery_id,
    deliveries.source_code,
    deliveries.table_code,
    deliveries.file_name,
    deliveries.verdict_code,
    deliveries.reason_code,
    deliveries.message_text,
    deliveries.is_withdrawn,
    deliveries.read_count,
    deliveries.accepted_count,
    deliveries.rejected_count,
    deliveries.duplicate_count,
    coalesce(superseded_counted.superseded_count, 0) as superseded_count
from deliveries
left join superseded_counted on deliveries.delivery_id = superseded_counted.delivery_id
