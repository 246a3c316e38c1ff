"""The oracle's comparison of a period with the one before it."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from tests.oracle.statistics.intervals import (
    benjamini_hochberg,
    newcombe,
    two_proportion_p_value,
    welch,
)

Key = tuple[str, str, date, str, str]


def previous_start(period: str, start: date) -> date | None:
    """Return the start of the period before, None for the period over everything."""
    if period == "all":
        return None
    if period == "month":
        return (start - timedelta(days=1)).replace(day=1)
    return start - timedelta(days=7 if period == "week" else 1)


def compare_with_previous(
    rows: dict[Key, dict[str, Any]],
    amounts: dict[Key, list[Any]],
    estimators: dict[str, str],
    smallest_counts: dict[str, int],
) -> None:
    """Fill previous_value, change_p_value and is_change_real, which stays None if not tested."""
    families: dict[tuple[str, str, date, str], dict[str, float]] = defaultdict(dict)
    excluding: dict[Key, bool] = {}
    for key, row in rows.items():
        kpi_id, period, start, scope, member = key
        before = previous_start(period, start)
        if before is None or (kpi_id, period, before, scope, member) not in rows:
            continue
        previous = (kpi_id, period, before, scope, member)
        row["previous_value"] = rows[previous]["value"]
        if row["value"] is None or row["previous_value"] is None:
            continue
        if estimators[kpi_id] == "ratio":
            continue
        smallest = smallest_counts[kpi_id]
        if min(len(amounts[key]), len(amounts[previous])) < smallest:
            continue
        tested = _tested(estimators[kpi_id], amounts[key], amounts[previous])
        if tested is not None:
            row["change_p_value"], low, high = tested
            families[key[:4]][member] = tested[0]
            excluding[key] = low > 0 or high < 0
    for family, p_values in families.items():
        passed = benjamini_hochberg(p_values)
        for member in p_values:
            key = (*family, member)
            rows[key]["is_change_real"] = member in passed and excluding[key]


def _tested(estimator: str, now: list[Any], before: list[Any]) -> tuple[float, float, float] | None:
    if estimator != "proportion":
        return welch(now, before)
    sides = (sum(now), len(now)), (sum(before), len(before))
    return two_proportion_p_value(*sides), *newcombe(*sides)
