"""The door of sales: a sale is cancelled after it was made."""

from typing import Any

from expectations.rules import in_order, known_share, not_negative, some_rows


def suite() -> list[Any]:
    """Credit notes are no sales: a negative amount is refused."""
    return [
        some_rows(),
        in_order("sold_at", "cancelled_at"),
        not_negative("sale_amount"),
        known_share("contact_id", 0.5),
    ]
