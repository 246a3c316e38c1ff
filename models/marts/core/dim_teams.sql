{{ listed_members('teams', 'team', 'team_id', 'team_name', {'site_id': 'string'}) }}
