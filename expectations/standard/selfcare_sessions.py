"""The door of self-service sessions: a task does not end before it begins."""

from typing import Any

from expectations.rules import in_order, known_share, some_rows


def suite() -> list[Any]:
    """Sessions of unknown customers come in; how many is reported."""
    return [
        some_rows(),
        in_order("started_at", "ended_at"),
        known_share("customer_id", 0.5),
    ]
