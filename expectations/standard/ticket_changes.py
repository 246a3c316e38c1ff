"""The door of ticket changes."""

from typing import Any

from expectations.rules import known_share, some_rows


def suite() -> list[Any]:
    """Statuses are the words of the ticket system; staging maps them."""
    return [
        some_rows(),
        known_share("actor_kind_code", 0.5),
    ]
