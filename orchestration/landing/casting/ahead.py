"""Instants that lie in the future: one mistyped year must not move the day of the figures."""

from datetime import timedelta

AHEAD = timedelta(days=400)
"""How far an instant may lie after its delivery. Long, as centres try telltale on histories that
are made ahead of the clock; a mistyped year such as 2099 is caught all the same."""

_TABLES = ("calls", "contact_legs", "survey_answers", "survey_invitations")
_COLUMNS = ("entered_at", "answered_at", "ended_at", "updated_at", "completed_at", "sent_at")


def is_past(table: str, column: str) -> bool:
    """Whether values of the column have happened when they are delivered."""
    return table in _TABLES and column in _COLUMNS
