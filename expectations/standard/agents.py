"""The door of agents: an assignment does not end before it begins."""

from typing import Any

from expectations.rules import in_order, known_share, some_rows, within

WEEK_SECONDS = 7 * 86_400


def suite() -> list[Any]:
    """Teams may be unknown at first; they are reported, not refused."""
    return [
        some_rows(),
        in_order("valid_from_date", "valid_to_date"),
        within(
            "weekly_contract_seconds", 0, WEEK_SECONDS, "E_TIME_DURATION", "0 to 604800 seconds"
        ),
        known_share("team_id", 0.9),
    ]
