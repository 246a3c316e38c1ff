with

columns_delivered as (
    select distinct
        table_code,
        column_code,
        is_partial
    from {{ ref('int_columns_delivered') }}
),

contact_reasons as (
    select * from {{ source('lists', 'contact_reasons') }}
),

kpi_targets as (
    select * from {{ source('lists', 'kpi_targets') }}
),

needs as (
    {{ kpi_needs_select() }}
),

-- What the home says at all: columns of some delivery, and lists in which some row says so.
said as (
    select * from columns_delivered
    union all
    select distinct 'lists.contact_reasons' as table_code, 'is_selfcare_eligible' as column_code, false as is_partial
    from contact_reasons
    where is_selfcare_eligible
    union all
    select distinct 'lists.contact_reasons' as table_code, 'is_promotion_eligible' as column_code, false as is_partial
    from contact_reasons
    where is_promotion_eligible
    union all
    select distinct 'lists.contact_reasons' as table_code, 'is_sale_eligible' as column_code, false as is_partial
    from contact_reasons
    where is_sale_eligible
    union all
    select distinct 'lists.kpi_targets' as table_code, kpi_id as column_code, false as is_partial
    from kpi_targets
    where kpi_id = 'resolution_in_target_rate' and threshold_seconds is not null
),

-- Legs without outcomes are answered ones, as far as anybody can tell.
missed as (
    select
        needs.kpi_id,
        needs.need_number,
        needs.need_text,
        case
            when min(needs.table_code) like 'lists.%' then 'not_listed'
            when
                min(needs.column_code) = 'outcome_code'
                and not bool_or(needs.is_whole)
                and max(any_legs.leg_column_count) > 0 then 'answered_only'
            else 'not_delivered'
        end as reason_code
    from needs
    left join said
        on
            needs.table_code = said.table_code
            and (needs.column_code is null or needs.column_code = said.column_code)
            and not (needs.is_whole and said.is_partial)
    cross join (
        select count(*) as leg_column_count
        from columns_delivered
        where table_code = 'contact_legs'
    ) as any_legs
    group by needs.kpi_id, needs.need_number, needs.need_text
    having count(said.table_code) = 0
)

select
    kpi_id,
    case
        when bool_or(reason_code = 'not_delivered') then 'not_delivered'
        else min(reason_code)
    end as lacking_reason_code,
    {{ listed_needs('need_number', 'need_text') }} as lacking_text
from missed
group by kpi_id
