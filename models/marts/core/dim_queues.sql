{{ listed_members('queues', 'queue', 'queue_id', 'queue_name', {
    'site_id': 'string', 'channel_code': 'string', 'calendar_code': 'string'
}) }}
