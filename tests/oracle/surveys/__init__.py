"""Answers of customers: as judged, and their facts."""
