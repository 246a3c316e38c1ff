{{ superseded_rows(ref('int_contact_legs_unioned'), ['contact_id', 'leg_number']) }}
