{{ listed_members('sites', 'site', 'site_id', 'site_name', {'zone_name': 'string', 'is_default': 'boolean'}) }}
