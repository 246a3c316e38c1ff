with

channel_words as (
    select * from {{ ref('int_channel_words') }}
),

queues as (
    {{ listed_members('queues', 'queue', 'queue_id', 'queue_name', {
        'site_id': 'string', 'channel_code': 'string', 'calendar_code': 'string'
    }) }}
)

select
    queues.queue_id,
    queues.queue_name,
    queues.site_id,
    channel_words.channel_code,
    queues.calendar_code,
    queues.is_listed
from queues
left join channel_words on queues.channel_code = channel_words.word_text
