"""The oracle's suppression of small counts of answers."""

from collections import defaultdict
from datetime import date
from typing import Any

from tests.oracle.kpis import KPIS

Key = tuple[str, str, date, str, str]
HIDDEN = [
    "numerator",
    "denominator",
    "squares",
    "event_count",
    "eligible_count",
    "value",
    "low",
    "high",
]


def suppress(rows: dict[Key, dict[str, Any]]) -> None:
    """Hide survey rows of fewer than five answers, and the next smallest ones beside them.

    The hidden members of a scope and period are at least two and hold at least five answers.
    """
    families: dict[tuple[str, str, date, str], list[Key]] = defaultdict(list)
    for key in rows:
        if KPIS[key[0]].is_emotional:
            families[key[:4]].append(key)
    for keys in families.values():
        sizes = sorted((rows[key]["event_count"], key[4], key) for key in keys)
        sizes = [size for size in sizes if size[0] > 0]
        if not any(size[0] < 5 for size in sizes):
            continue
        hidden: list[int] = []
        for count, _, key in sizes:
            if count < 5:
                _hide(rows[key], "under_5")
            elif len(hidden) < 2 or sum(hidden) < 5:
                _hide(rows[key], "complementary")
            else:
                break
            hidden.append(count)


def _hide(row: dict[str, Any], code: str) -> None:
    row["suppression_code"] = code
    for column in HIDDEN:
        row[column] = None
