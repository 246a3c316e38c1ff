"""Visits and legs: as judged, their events, facts, counts and reports."""
