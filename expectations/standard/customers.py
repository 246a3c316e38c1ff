"""The door of customers."""

from typing import Any

from expectations.rules import not_negative, some_rows


def suite() -> list[Any]:
    """Who left is a fact; when, may be unknown."""
    return [
        some_rows(),
        not_negative("contract_amount"),
    ]
