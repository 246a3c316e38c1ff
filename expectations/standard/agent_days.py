"""The door of agent days: states of one day are not longer than a day."""

from typing import Any

from expectations.rules import at_most_a_day, known_share, some_rows


def suite() -> list[Any]:
    """Whether states and contacts fit together is an audit of the build, not of the door."""
    return [
        some_rows(),
        at_most_a_day("logged_in_seconds"),
        at_most_a_day("idle_seconds"),
        at_most_a_day("paused_seconds"),
        at_most_a_day("paid_seconds"),
        at_most_a_day("planned_seconds"),
        at_most_a_day("absent_seconds"),
        known_share("logged_in_seconds", 0.5),
    ]
