with

kpis as (
    select * from {{ ref('kpis') }}
),

kpi_targets as (
    select *
    from {{ source('lists', 'kpi_targets') }}
    where threshold_seconds is not null or policy_code is not null
),

-- Each threshold and policy as a few words, from the day on which it holds.
worded as (
    select
        parameters.kpi_id,
        coalesce(kpi_targets.valid_from_date, cast('0001-01-01' as date)) as valid_from_date,
        {{ joined_texts([
            'kpi_targets.kpi_id', "' '", "coalesce(kpi_targets.scope_code, 'company')",
            "case when kpi_targets.scope_code != 'company' then ' ' || kpi_targets.scope_id end",
            "', reason ' || kpi_targets.reason_code", "', priority ' || kpi_targets.priority_code"
        ]) }} as place_name,
        {{ joined_texts([
            "cast(kpi_targets.threshold_seconds as string) || ' s '",
            "case when kpi_targets.threshold_seconds is not null then kpi_targets.clock_code || ' ' end",
            'kpi_targets.policy_code'
        ]) }} as said_name,
        kpi_targets.threshold_seconds is not null as has_threshold,
        kpi_targets.policy_code is not null as has_policy
    from {{ listed_parameters() }}
    inner join kpi_targets on parameters.listed_kpi_id = kpi_targets.kpi_id
),

-- A definition holds until a row of the list with a later day changes it.
dated as (
    select
        kpi_id,
        valid_from_date,
        row_number() over (partition by kpi_id order by valid_from_date) - 1 as change_count,
        lead(valid_from_date) over (partition by kpi_id order by valid_from_date) as next_date
    from (
        select kpi_id, cast('0001-01-01' as date) as valid_from_date from kpis
        union
        select kpi_id, valid_from_date from worded
    ) as days
),

in_force as (
    select
        kpi_id,
        valid_from_date,
        {{ ordered_texts("place_name || ': ' || trim(said_name)", ['place_name'], '; ') }} as parameter_name
    from (
        select distinct
            dated.kpi_id,
            dated.valid_from_date,
            worded.place_name,
            worded.said_name,
            rank() over (
                partition by
                    dated.kpi_id, dated.valid_from_date, worded.place_name, worded.has_threshold, worded.has_policy
                order by worded.valid_from_date desc
            ) as date_rank
        from dated
        inner join worded on dated.kpi_id = worded.kpi_id and worded.valid_from_date <= dated.valid_from_date
    ) as ranked
    where date_rank = 1
    group by kpi_id, valid_from_date
)

select
    kpis.kpi_id,
    cast(kpis.definition_number + dated.change_count as integer) as definition_number,
    {{ joined_texts([
        'kpis.definition_number', "'.'", 'dated.change_count',
        "case when in_force.parameter_name is not null then '-' || substring("
        ~ hash_key(['in_force.parameter_name']) ~ ", 1, 8) end"
    ]) }} as definition_code,
    in_force.parameter_name,
    dated.valid_from_date,
    coalesce({{ add_days('dated.next_date', -1) }}, cast('9999-12-31' as date)) as valid_to_date
from kpis
inner join dated on kpis.kpi_id = dated.kpi_id
left join in_force on dated.kpi_id = in_force.kpi_id and dated.valid_from_date = in_force.valid_from_date
