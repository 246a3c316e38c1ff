"""One row of the oracle: exact sums, then a value with its interval."""

from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from tests.oracle.events import Event
from tests.oracle.kpis import SMALLEST_COUNTS, Kpi
from tests.oracle.statistics.intervals import mean_interval, wilson

SMALLEST_SHARE = Fraction(80, 100)
PROPORTION = "proportion"


def estimate(
    kpi: Kpi, events: list[Event], open_window_count: int, lacking: str | None = None
) -> dict[str, Any]:
    """Return one row from the closed events of a cell, of which there may be none.

    `lacking` is the reason why no row of the KPI can have a figure in this home.
    """
    known = [event for event in events if event.amount is not None]
    amounts: list[Any] = [event.amount for event in known]
    n, total = len(amounts), sum(amounts)
    below = sum(event.weight for event in known)
    share = Fraction(n, len(events)) if events else None
    share = share if share is None or lacking is None else Fraction(0)
    row: dict[str, Any] = {
        "numerator": _as_decimal(total) if kpi.estimator in ("score", "amount") else total,
        "denominator": below,
        "squares": _squares(kpi, amounts),
        "event_count": 0 if lacking else n,
        "eligible_count": len(events),
        "open_window_count": open_window_count,
        "value": None,
        "low": None,
        "high": None,
        "input_share": None if share is None else float(share),
        "reason_code": None,
        "suppression_code": None,
        "previous_value": None,
        "change_p_value": None,
        "is_change_real": None,
    }
    reason = lacking or hidden_reason(events)
    if reason is None and share is not None and share < SMALLEST_SHARE:
        reason = kpi.reason_code
    if reason is not None:
        return row | {"reason_code": reason}
    if below == 0:
        return row | {"reason_code": "no_denominator"}
    row["value"] = float(Fraction(total) / below)
    if kpi.estimator != "ratio" and n >= SMALLEST_COUNTS[kpi.estimator]:
        is_share = kpi.estimator == PROPORTION
        low, high = wilson(int(total), n) if is_share else mean_interval(amounts)
        if kpi.estimator == "score":
            low, high = max(low, 0.0), min(high, 100.0)
        row["low"], row["high"] = low, high
    return row


def hidden_reason(events: list[Event]) -> str | None:
    """Return why a row tells nothing: more than a fifth of what is asked comes from deliveries
    that cannot tell it."""
    for reason in ("answered_only", "not_delivered", "no_wait"):
        hidden = sum(event.hidden == reason for event in events)
        if 5 * hidden > sum(reason in event.asked for event in events):
            return reason
    return None


def _squares(kpi: Kpi, amounts: list[Any]) -> int | Decimal | None:
    if kpi.estimator in (PROPORTION, "ratio"):
        return None
    if kpi.estimator == "score":  # each is rounded to twelve decimals, half up
        rounded = [floor(amount * amount * 10**12 + Fraction(1, 2)) for amount in amounts]
        return Decimal(sum(rounded)).scaleb(-12)
    squares = sum(amount * amount for amount in amounts)
    return _as_decimal(squares) if kpi.estimator == "amount" else squares


def _as_decimal(total: int | Fraction) -> Decimal:
    # Scores have twelve decimals, so that their sum has no more.
    return Decimal(int(total * 10**12)).scaleb(-12)
