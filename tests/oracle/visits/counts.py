"""The oracle's counts of visits: half hours, and the totals that a switch says beside ours."""

from collections import Counter, defaultdict
from datetime import UTC
from typing import Any

from tests.oracle.centre.centre import current_versions
from tests.oracle.visits.events import ABANDONED, visits
from tests.oracle.visits.facts import Fact, fct_contact_legs, is_offered, is_visit
from tests.oracle.visits.queue_intervals import OUTCOMES, interval_start
from tests.oracle.world import World

MEASURES = ("received", "offered", *OUTCOMES)
WORDS = {
    "not_reconciled": "not reconciled: no independent totals",
    "no_visits": "not reconciled: no visit of the source until then",
    "unknown_measure": "not reconciled: no such measure here",
    "agrees": "agrees",
    "differs": "differs",
}


def ratio(above: int, below: int) -> float | None:
    """Return above / below, None where nothing is below."""
    return above / below if below else None


def queue_intervals(world: World) -> dict[tuple[Any, ...], Fact]:
    """Return the sums of the visits by (half hour, local day, site, queue), and their rates."""
    cells: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    facts = fct_contact_legs(world)
    for leg in (leg for legs in world.legs.values() for leg in legs if is_visit(leg)):
        cell = cells[interval_start(leg.entered_at), leg.day, leg.site, leg.queue]
        fact = facts[leg.contact_id, leg.number]
        is_handled, wait = leg.is_answered and leg.handle is not None, leg.wait
        cell["received_count"] += 1
        cell[f"{leg.outcome}_count"] += 1
        cell["offered_count"] += is_offered(leg)
        cell["callback_reached_count"] += bool(fact["is_callback_reached"])
        cell["callback_unknown_count"] += fact["is_callback_reached"] is None
        cell["answered_wait_count"] += leg.is_answered and wait is not None
        cell["answered_wait_seconds"] += (wait or 0) if leg.is_answered else 0
        is_two_sided = is_offered(leg) and not leg.is_one_sided
        cell["one_sided_count"] += is_offered(leg) and leg.is_one_sided
        cell["one_sided_answered_count"] += leg.is_answered and leg.is_one_sided
        cell["offered_wait_count"] += is_two_sided and wait is not None
        cell["offered_wait_seconds"] += (wait or 0) if is_two_sided else 0
        cell["service_level_counted_count"] += fact["is_service_level_counted"] or 0
        cell["service_level_met_count"] += fact["is_service_level_met"]
        cell["handled_count"] += is_handled
        cell["handle_seconds"] += (leg.handle or 0) if is_handled else 0
    found: dict[tuple[Any, ...], Fact] = {}
    for key, cell in cells.items():
        row: Fact = dict.fromkeys((f"{outcome}_count" for outcome in OUTCOMES), 0) | dict(cell)
        local = key[0].replace(tzinfo=UTC).astimezone(world.centre.site_zone(key[2]))
        offset = local.strftime("%z")
        row["half_hour_name"] = f"{local:%Y-%m-%d %H:%M} {offset[:3]}:{offset[3:]}"
        below = row["offered_count"] - row["one_sided_count"]
        answered = row["answered_count"] - row["one_sided_answered_count"]
        abandoned = row["abandoned_count"] + row["abandoned_ringing_count"]
        row["answer_rate"] = ratio(
            answered + row["callback_reached_count"], below - row["callback_unknown_count"]
        )
        row["abandonment_rate"] = ratio(abandoned, below)
        row["service_level_rate"] = ratio(
            row["service_level_met_count"], row["service_level_counted_count"]
        )
        found[key] = row
    return found


def reconciliation(world: World) -> dict[tuple[Any, ...], Fact]:
    """Return our visits beside the totals of the source, and their outcomes beside their sum."""
    counts: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    for _, leg in visits(world):
        count = counts["standard", leg.queue, leg.day]
        count["received"] += 1
        count["offered"] += is_offered(leg)
        count[leg.outcome if leg.outcome not in ABANDONED else "abandoned"] += 1
        if leg.outcome == "abandoned_ringing":  # within abandoned, and by itself
            count["abandoned_ringing"] += 1
    found = {
        ("control_totals", *place, measure): _compared(number, None)
        for place, count in counts.items()
        for measure, number in count.items()
        if number > 0
    }
    for place, count in counts.items():
        found["outcomes", *place, "received"] = _compared(count["received"], count["received"])
    key = ("checked_source_code", "queue_id", "measured_date", "measure_code")
    first_days = {"standard": min(day for _, _, day in counts)} if counts else {}
    for row in current_versions(world.tables.get("control_totals", []), key):
        *place, measure = (row[column] for column in key)
        first_day = first_days.get(row["checked_source_code"])
        is_before = first_day is None or row["measured_date"] < first_day
        own = counts[tuple(place)][measure] if measure in MEASURES and not is_before else None
        fact = _compared(own, row["measured_count"])
        if measure in MEASURES and is_before:
            fact |= {"status_code": "no_visits", "status_name": WORDS["no_visits"]}
        found["control_totals", *place, measure] = fact
    return found


def _compared(own: int | None, other: int | None) -> Fact:
    residual = None if own is None or other is None else own - other
    status = "differs" if residual else "agrees"
    if other is None:
        status = "not_reconciled"
    elif own is None:
        status = "unknown_measure"
    return {
        "delivered_count": own,
        "control_count": other,
        "residual_count": residual,
        "residual_share": None if residual is None else ratio(abs(residual), other or 0),
        "status_code": status,
        "status_name": WORDS[status],
    }
