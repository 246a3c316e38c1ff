"""The oracle's reports of handle times, late abandons, half hours at target and callbacks."""

from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.centre.centre import current_versions
from tests.oracle.centre.targets import in_force
from tests.oracle.statistics.intervals import wilson
from tests.oracle.statistics.survival import order_statistics, quantile
from tests.oracle.visits.counts import ratio
from tests.oracle.visits.events import ABANDONED, visits
from tests.oracle.visits.facts import Fact, fct_contact_legs, is_offered
from tests.oracle.visits.queue_intervals import interval_start
from tests.oracle.world import World, periods

Cell = tuple[str, date, str, str]
USUAL_TARGET = 0.8
LEAST_SHARE = 0.8
QUANTILES = (("p50", 0.5, Fraction(1, 2)), ("p90", 0.9, Fraction(9, 10)))


def weeks_and_months(day: date, members: dict[str, str]) -> list[Cell]:
    """Return the cells (week or month, start, scope, member) that hold a day."""
    return [
        (period, start, scope, member)
        for period, start in periods(day, date.min)[1:3]
        for scope, member in ({"company": "company"} | members).items()
    ]


def handle_times(world: World) -> dict[Cell, Fact]:
    """Return the median and the ninth decile of handled legs, with their order statistics."""
    cells: dict[Cell, list[int]] = defaultdict(list)
    for leg in (leg for legs in world.legs.values() for leg in legs):
        if leg.is_handled and leg.handle is not None:
            members = {"queue": leg.queue, "team": leg.team, "reason": leg.reason}
            for cell in weeks_and_months(leg.day, members):
                cells[cell].append(leg.handle)
    found: dict[Cell, Fact] = {}
    for cell, lengths in cells.items():
        own = sorted(lengths)
        row: Fact = {"handled_count": len(own)}
        for name, q, share in QUANTILES:
            low, high = order_statistics(len(own), q)
            row[f"{name}_handle_seconds"] = float(quantile(own, share))
            row[f"{name}_handle_low"], row[f"{name}_handle_high"] = own[low - 1], own[high - 1]
        found[cell] = row
    return found


def abandonments(world: World) -> dict[Cell, Fact]:
    """Return visits abandoned after the threshold, of those offered with a known wait."""
    cells: dict[Cell, Counter[str]] = defaultdict(Counter)
    facts = fct_contact_legs(world)
    for _, leg in visits(world):
        within = facts[leg.contact_id, leg.number]["is_within_threshold"]
        is_abandoned = leg.outcome in ABANDONED
        for cell in weeks_and_months(leg.day, {"queue": leg.queue}):
            if is_offered(leg):
                cells[cell]["offered_count"] += 1
                cells[cell]["abandoned_count"] += is_abandoned
                cells[cell]["one_sided_count"] += leg.is_one_sided
                if not leg.is_one_sided:
                    cells[cell]["counted_count"] += not is_abandoned or within is not None
                    cells[cell]["late_abandoned_count"] += is_abandoned and within is False
            elif leg.outcome == "lost_record":
                cells[cell]["lost_count"] += 1
    found: dict[Cell, Fact] = {}
    for cell, count in cells.items():
        late, n = count["late_abandoned_count"], count["counted_count"]
        visited = count["offered_count"] + count["lost_count"]
        share = n / visited
        is_shown = share >= LEAST_SHARE
        reason = "answered_only" if 5 * count["one_sided_count"] > visited else "no_wait"
        low, high = wilson(late, n) if is_shown else (None, None)
        found[cell] = {
            "offered_count": count["offered_count"],
            "abandoned_count": count["abandoned_count"],
            "counted_count": n,
            "late_abandoned_count": late,
            "input_share": share,
            "late_abandoned_share": ratio(late, n) if is_shown else None,
            "late_abandoned_low": low,
            "late_abandoned_high": high,
            "reason_code": None if is_shown else reason,
        }
    return found


def interval_targets(world: World) -> dict[Cell, Fact]:
    """Return half hours of a queue and site whose service level reaches its target of the day."""
    facts = fct_contact_legs(world)
    hours: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    for _, leg in visits(world):
        fact = facts[leg.contact_id, leg.number]
        hour = hours[interval_start(leg.entered_at), leg.day, leg.site, leg.queue]
        hour["met"] += fact["is_service_level_met"]
        hour["counted"] += fact["is_service_level_counted"] or 0
    cells: dict[Cell, Counter[str]] = defaultdict(Counter)
    for (_, day, site, queue), hour in hours.items():
        if not hour["counted"]:
            continue
        members = [("queue", queue), ("site", site), ("company", "company")]
        target = in_force(world.centre, "service_level", "target", day, members)
        target = USUAL_TARGET if target is None else target
        for cell in weeks_and_months(day, {"queue": queue}):
            cells[cell]["interval_count"] += 1
            cells[cell]["at_target_count"] += hour["met"] / hour["counted"] >= target
    return {
        cell: dict(count) | {"at_target_share": count["at_target_count"] / count["interval_count"]}
        for cell, count in cells.items()
    }


def callbacks(world: World) -> dict[Cell, Fact]:
    """Return accepted callbacks, and the attempts per reached one whose promise is over."""
    facts = fct_contact_legs(world)
    rows = current_versions(world.tables["contact_legs"], ("contact_id", "leg_number"))
    tries = Counter(row["callback_of_contact_id"] for row in rows if not row["is_test"])
    cells: dict[Cell, Counter[str]] = defaultdict(Counter)
    for _, leg in visits(world):
        state = facts[leg.contact_id, leg.number]["callback_state_code"]
        if state is None:
            continue
        is_closed = state in ("in_time", "reached_late", "not_reached")
        attempts = tries[leg.contact_id] if is_closed else 0
        for cell in weeks_and_months(leg.day, {"queue": leg.queue}):
            cells[cell]["accepted_count"] += 1
            cells[cell]["closed_count"] += is_closed
            cells[cell]["attempted_count"] += attempts > 0
            cells[cell]["reached_count"] += state in ("in_time", "reached_late")
            cells[cell]["attempt_count"] += attempts
    return {
        cell: dict(count)
        | {"attempt_coefficient": ratio(count["attempt_count"], count["reached_count"])}
        for cell, count in cells.items()
    }
