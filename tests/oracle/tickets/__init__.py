"""Tickets: as judged, their events and facts."""
