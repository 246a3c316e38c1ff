{{ sources_filling('contact_legs', 'promoted_channel_code') }}
