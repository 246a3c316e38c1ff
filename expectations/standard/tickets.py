"""The door of tickets: nothing happens to a ticket before it exists."""

from typing import Any

from expectations.rules import in_order, known_share, some_rows


def suite() -> list[Any]:
    """A ticket without a reply comes in and is counted."""
    return [
        some_rows(),
        in_order("created_at", "first_human_reply_at"),
        in_order("created_at", "resolved_at"),
        known_share("customer_id", 0.5),
    ]
