"""Contacts: as judged, their facts, and what agents did with those they handled."""
