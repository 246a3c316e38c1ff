with

columns_delivered as (
    select *
    from {{ ref('int_columns_delivered') }}
    where table_code = 'contact_legs'
),

limited as (
    select
        delivery_id,
        {{ count_where("column_code = 'outcome_code'") }} = 0 as is_one_sided,
        {{ count_where("column_code = 'outcome_code' and not is_partial") }} = 0 as is_limited,
        {{ count_where("column_code = 'transfer_kind_code'") }} = 0 as is_transfer_unknown,
        {{ count_where("column_code in ('transfer_kind_code', 'transferred_at')") }} < 2 as is_wrong_queue_unknown,
        {{ count_where("column_code = 'sent_to_channel_code'") }} = 0 as is_sending_unknown,
        {{ count_where("column_code = 'promoted_channel_code'") }} = 0 as is_promotion_unknown,
        {{ count_where("column_code = 'is_resolved'") }} = 0 as is_declaration_unknown
    from columns_delivered
    group by delivery_id
)

select *
from limited
where
    is_limited
    or is_transfer_unknown
    or is_wrong_queue_unknown
    or is_sending_unknown
    or is_promotion_unknown
    or is_declaration_unknown
