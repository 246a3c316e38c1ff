"""The door of events: one of the scopes that charts can show."""

from typing import Any

from expectations.rules import closed_set, in_order, some_rows


def suite() -> list[Any]:
    """What kinds of events there are is up to the centre."""
    return [
        some_rows(),
        closed_set("scope_code", ("company", "site", "team", "queue", "agent")),
        in_order("started_at", "ended_at"),
    ]
