with

abandons as (
    select * from {{ ref('fct_abandons') }}
),

keyed as (
    select
        entered_date,
        {{ member('site_id') }},
        {{ member('queue_id') }},
        {{ member('channel_code') }},
        {{ member('entry_reason_code') }},
        {{ count_where('not is_open') }} as abandon_count,
        {{ count_where('is_open') }} as open_abandon_count,
        {{ count_where('is_redialled is not null') }} as followed_count,
        {{ count_where('is_redialled') }} as redialled_count
    from abandons
    group by entered_date, {{ members(['site_id', 'queue_id', 'channel_code', 'entry_reason_code']) }}
)

select * from keyed
