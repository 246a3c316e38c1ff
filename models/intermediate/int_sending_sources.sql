{{ sources_filling('contact_legs', 'sent_to_channel_code') }}
