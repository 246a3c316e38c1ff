"""The door of control totals: counts of something that happened."""

from typing import Any

from expectations.rules import not_negative, some_rows


def suite() -> list[Any]:
    """Which measures there are is up to the reconciliation."""
    return [
        some_rows(),
        not_negative("measured_count"),
    ]
