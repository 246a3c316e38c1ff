-- Nothing is lost between raw and the fact: every delivered version is either the current one
-- or in the list of the replaced ones.
select
    delivered.row_count,
    built.row_count as built_count,
    replaced.row_count as replaced_count
from (select count(*) as row_count from {{ ref('int_contact_legs_unioned') }}) as delivered
cross join (select count(*) as row_count from {{ ref('fct_contact_legs') }}) as built
cross join (select count(*) as row_count from {{ ref('int_contact_legs_superseded') }}) as replaced
where delivered.row_count != built.row_count + replaced.row_count
