"""Agents: their days, their reports, and how many of them arrivals need."""
