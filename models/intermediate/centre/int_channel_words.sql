with

contact_legs as (
    select * from {{ ref('int_contact_legs_unioned') }}
),

selfcare_sessions as (
    select * from {{ ref('int_selfcare_sessions_unioned') }}
),

queues as (
    select * from {{ source('lists', 'queues') }}
),

channels as (
    select * from {{ source('lists', 'channels') }}
),

kinds as (
    select * from {{ ref('channel_kinds') }}
),

words as (
    select * from {{ ref('channel_words') }}
),

-- One pass over the legs; the words are then read off a few dozen combinations.
delivered as (
    select channel_code as word_text
    from contact_legs
    union
    select sent_to_channel_code as word_text
    from contact_legs
    union
    select promoted_channel_code as word_text
    from contact_legs
    union
    select channel_code as word_text
    from selfcare_sessions
    union
    select channel_code as word_text
    from queues
),

-- What the centre says goes before the product's channels, and these before its other words.
spelled as (
    select {{ word_key('word_text') }} as word_key, channel_code, 1 as source_rank
    from channels
    union all
    select {{ word_key('channel_code') }} as word_key, channel_code, 2 as source_rank
    from kinds
    union all
    select {{ word_key('word_text') }} as word_key, channel_code, 3 as source_rank
    from words
),

meant as (
    select
        spelled.word_key,
        coalesce(kinds.channel_code, spelled.channel_code) as channel_code,
        row_number() over (
            partition by spelled.word_key order by spelled.source_rank, spelled.channel_code
        ) as meaning_rank
    from spelled
    left join kinds on {{ word_key('spelled.channel_code') }} = {{ word_key('kinds.channel_code') }}
)

-- A word that nobody knows stays as it is, for eyes.
select
    delivered.word_text,
    coalesce(meant.channel_code, delivered.word_text) as channel_code
from delivered
left join meant
    on {{ word_key('delivered.word_text') }} = meant.word_key and meant.meaning_rank = 1
where delivered.word_text is not null
