{{ sources_filling('contact_legs', 'transfer_kind_code') }}
