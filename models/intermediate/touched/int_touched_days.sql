with

build as (
    select * from {{ source('home', 'build') }}
),

touched_contacts as (
    select * from {{ ref('int_touched_contacts') }}
),

contact_legs as (
    select * from {{ ref('int_contact_legs_placed') }}
),

built_legs as (
    {{ built_fact('fct_contact_legs', {'contact_id': 'string', 'entered_date': 'date'}) }}
),

unfinished_days as (
    select * from {{ source('home', 'unfinished_days') }}
    where fact_code = 'contacts'
),

-- Where the touched contacts lie now, where they lay in the last build, and what an
-- unfinished build may have left behind. A full build touches every day.
touched as (
    select contact_legs.entered_date as touched_date
    from contact_legs
    inner join touched_contacts on contact_legs.contact_id = touched_contacts.contact_id
    union
    select built_legs.entered_date as touched_date
    from built_legs
    inner join touched_contacts on built_legs.contact_id = touched_contacts.contact_id
    union
    select unfinished_days.touched_date
    from unfinished_days
    union
    select contact_legs.entered_date as touched_date
    from contact_legs
    inner join build on build.is_full
)

select 'contacts' as fact_code, touched_date
from touched
