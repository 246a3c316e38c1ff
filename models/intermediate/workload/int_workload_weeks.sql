with

contact_legs as (
    select * from {{ ref('fct_contact_legs') }}
),

as_of as (
    select * from {{ ref('int_as_of') }}
),

-- The last complete weeks; where the history is shorter, those that it has.
bounded as (
    select
        greatest(
            {{ week_start(add_days('history.known_date', 6)) }},
            {{ add_days(week_start('as_of.as_of_date'), -7 * var('workload_week_count')) }}
        ) as first_date,
        {{ week_start('as_of.as_of_date') }} as end_date
    from as_of
    cross join (select min(entered_date) as known_date from contact_legs) as history
)

select
    first_date,
    end_date,
    cast({{ ratio(
        seconds_between('cast(first_date as timestamp)', 'cast(end_date as timestamp)'), '604800'
    ) }} as bigint) as week_count
from bounded
