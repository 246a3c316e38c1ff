{{ listed_members('contact_reasons', 'reason', 'reason_code', 'reason_name_en', {
    'reason_name_fr': 'string', 'issue_reason_code': 'string', 'is_selfcare_eligible': 'boolean',
    'is_promotion_eligible': 'boolean', 'is_sale_eligible': 'boolean', 'issue_gap_seconds': 'bigint'
}) }}
