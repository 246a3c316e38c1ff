"""The door of trainings: closed causes."""

from typing import Any

from expectations.rules import closed_set, in_order, some_rows


def suite() -> list[Any]:
    """A training that was not done yet has no instant, and comes in."""
    return [
        some_rows(),
        closed_set("kind_code", ("module", "coaching")),
        closed_set("cause_code", ("evaluation", "need")),
        in_order("recommended_at", "trained_at"),
    ]
