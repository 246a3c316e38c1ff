"""An independent computation of the KPIs in plain Python, slow and obvious.

It is written from the KPI dictionary alone and shares nothing with the warehouse's SQL.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.kpis.oracle_centre import Centre, Row, latest_instant
from tests.kpis.oracle_changes import compare_with_previous
from tests.kpis.oracle_events import Event, csat_events, leg_events, resolution_events
from tests.kpis.oracle_intervals import mean_interval, wilson
from tests.kpis.oracle_legs import judged_contacts

Key = tuple[str, str, date, str, str]

SMALLEST_SHARE = Fraction(80, 100)


@dataclass(frozen=True)
class Kpi:
    """A KPI's estimator (proportion, duration or score) and the reason of a low input share."""

    estimator: str
    reason_code: str
    is_emotional: bool = False


KPIS = {
    "answer_rate": Kpi("proportion", "lost_records"),
    "average_speed_of_answer_seconds": Kpi("duration", "no_wait"),
    "average_handle_seconds": Kpi("duration", "no_wrap_up"),
    "average_talk_seconds": Kpi("duration", "no_talk"),
    "average_hold_seconds": Kpi("duration", "no_hold"),
    "average_wrap_up_seconds": Kpi("duration", "no_wrap_up"),
    "declared_resolution_rate": Kpi("proportion", "no_declaration"),
    "csat_score": Kpi("score", "no_score", is_emotional=True),
    "csat_top_box_rate": Kpi("proportion", "no_score", is_emotional=True),
}
SMALLEST_COUNTS = {"proportion": 1, "duration": 30, "score": 5}


def kpi_values(
    tables: dict[str, list[Row]],
    lists: dict[str, list[Row]],
    zone: str,
    site: str,
    as_of: datetime | None = None,
) -> dict[Key, dict[str, Any]]:
    """Return every KPI row by (kpi_id, period_code, period_start_date, scope_code, scope_id).

    `tables` are delivered rows of the standard source, `lists` those of the centre, `zone` and
    `site` the home's defaults. Instants are naive UTC. Without `as_of` it is the latest updated
    or ended instant. Numerators are int (counts, seconds) or Decimal (sums of scores).
    """
    centre = Centre(lists, tables["agents"], zone, site)
    contacts = judged_contacts(tables["contact_legs"], centre, as_of or latest_instant(tables))
    events = [*leg_events(contacts), *resolution_events(contacts)]
    answers = list(csat_events(tables, contacts, centre))
    days = [event.day for event in [*events, *answers]]
    days += [leg.day for legs in contacts.values() for leg in legs if leg.is_inbound]

    first_day = min(days, default=date.min)

    cells: dict[Key, list[Event]] = defaultdict(list)
    for event in events + answers:
        for period, start in periods(event.day, first_day):
            if period == "day" and KPIS[event.kpi_id].is_emotional:
                continue
            for scope, member in event.keys.items():
                cells[event.kpi_id, period, start, scope, member].append(event)
    amounts = {
        key: [event.amount for event in found if event.amount is not None]
        for key, found in cells.items()
    }
    rows = {key: estimate(KPIS[key[0]], amounts[key], len(found)) for key, found in cells.items()}
    suppress(rows)
    estimators = {kpi_id: kpi.estimator for kpi_id, kpi in KPIS.items()}
    # An arrow on a handful of answers would be noise: the page wants at least 30 of them.
    tested = {
        kpi_id: 30 if kpi.is_emotional or kpi.estimator == "duration" else 1
        for kpi_id, kpi in KPIS.items()
    }
    compare_with_previous(rows, amounts, estimators, tested)
    return rows


def periods(day: date, first_day: date) -> list[tuple[str, date]]:
    """Return (period_code, start) of the periods that hold a local day; weeks begin on Monday."""
    return [
        ("day", day),
        ("week", day - timedelta(days=day.weekday())),
        ("month", day.replace(day=1)),
        ("all", first_day),
    ]


def estimate(kpi: Kpi, amounts: list[Any], eligible_count: int) -> dict[str, Any]:
    """Return one row from the known amounts of its events and the count of eligible ones."""
    n, total = len(amounts), sum(amounts)
    share = Fraction(n, eligible_count)
    row: dict[str, Any] = {
        "numerator": _as_decimal(total) if kpi.estimator == "score" else total,
        "denominator": n,
        "event_count": n,
        "value": None,
        "low": None,
        "high": None,
        "input_share": float(share),
        "reason_code": None,
        "suppression_code": None,
        "previous_value": None,
        "change_p_value": None,
        "is_change_real": None,
    }
    if n == 0 or share < SMALLEST_SHARE:
        return row | {"reason_code": kpi.reason_code}
    row["value"] = float(Fraction(total) / n)
    if n >= SMALLEST_COUNTS[kpi.estimator]:
        low, high = wilson(total, n) if kpi.estimator == "proportion" else mean_interval(amounts)
        if kpi.estimator == "score":
            low, high = max(low, 0.0), min(high, 100.0)
        row["low"], row["high"] = low, high
    return row


def _as_decimal(total: int | Fraction) -> Decimal:
    # Scores have twelve decimals, so that their sum has no more.
    return Decimal(int(total * 10**12)).scaleb(-12)


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
    for column in ("numerator", "denominator", "event_count", "value", "low", "high"):
        row[column] = None
