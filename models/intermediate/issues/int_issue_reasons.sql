with

contact_reasons as (
    select * from {{ source('lists', 'contact_reasons') }}
),

-- A level-2 reason that the list only names beside others stands for itself.
levelled as (
    select
        reason_code,
        coalesce(issue_reason_code, reason_code) as issue_reason_code,
        issue_gap_seconds as listed_gap_seconds
    from contact_reasons
    union all
    select
        issue_reason_code as reason_code,
        issue_reason_code,
        cast(null as bigint) as listed_gap_seconds
    from contact_reasons
    where issue_reason_code not in (select reason_code from contact_reasons)
    group by issue_reason_code
)

select
    reason_code,
    issue_reason_code,
    cast(
        {{ issue_gap('max(listed_gap_seconds) over (partition by issue_reason_code)') }} as bigint
    ) as issue_gap_seconds
from levelled
