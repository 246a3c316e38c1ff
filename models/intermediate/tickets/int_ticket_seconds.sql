with

ticket_spans as (
    select * from {{ ref('int_ticket_spans') }}
),

opening_hours as (
    select * from {{ ref('int_opening_hours_zoned') }}
),

holidays as (
    select * from {{ source('lists', 'holidays') }}
),

stays as (
    select
        {{ joined_texts(['measured_code', "':'", 'ticket_id']) }} as unit_id,
        ticket_id,
        measured_code,
        calendar_code,
        from_at as started_at,
        until_at as ended_at
    from ticket_spans
),

clocked as (
    {{ business_seconds('stays', 'opening_hours', 'holidays', var('schedule_policy')) }}
),

measured as (
    select
        stays.ticket_id,
        stays.measured_code,
        max(clocked.business_seconds) as open_seconds
    from stays
    inner join clocked on stays.unit_id = clocked.unit_id
    group by stays.ticket_id, stays.measured_code
)

select * from measured
