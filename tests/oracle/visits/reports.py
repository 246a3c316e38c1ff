"""The oracle's reports on visits: service levels, waits, patience."""

from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.events import NOT_OFFERED, visit_keys
from tests.oracle.statistics.intervals import wilson
from tests.oracle.statistics.survival import (
    Observed,
    Point,
    greenwood,
    kaplan_meier,
    median,
    order_statistics,
    quantile,
    survival_at,
)
from tests.oracle.visits.counts import ratio
from tests.oracle.visits.events import visits
from tests.oracle.visits.facts import Fact, is_offered
from tests.oracle.visits.legs import Leg
from tests.oracle.visits.service import POLICIES, judged, parts, policy_of, threshold
from tests.oracle.world import World, periods

LEAST_SHARE = 0.8
ASKED = (20, 60, 120)
GONE = {"abandoned", "abandoned_ringing", "short_abandon"}


def service_levels(world: World) -> dict[tuple[str, date, str, str, str], Fact]:
    """Return the six policies by (day, week or month, start, scope, member, policy)."""
    cells: dict[tuple[str, date, str, str], list[Leg]] = defaultdict(list)
    for _, leg in visits(world):
        for period, start in periods(leg.day, date.min)[:3]:
            for scope, member in visit_keys(leg).items():
                cells[period, start, scope, member].append(leg)
    return {
        (*key, policy): _service_level(world, legs, policy)
        for key, legs in cells.items()
        for policy in POLICIES
    }


def _service_level(world: World, legs: list[Leg], policy: str) -> Fact:
    met = counted = unknown = one_sided = 0
    for leg in legs:
        seen = judged(world, leg)
        above, below = (0, 0) if seen is None else parts(policy, *seen)
        if seen is not None and leg.is_one_sided:
            above = None
            one_sided += seen[0] != "?"
        unknown += above is None
        met += above or 0
        counted += below if above is not None else 0
    seconds = {threshold(world, leg)[0] for leg in legs}
    share = ratio(counted, counted + unknown)
    is_one_sided = 5 * one_sided > counted + unknown
    is_shown = share is not None and share >= LEAST_SHARE and not is_one_sided
    reason = "answered_only" if is_one_sided else "no_wait"
    low, high = wilson(met, counted) if is_shown and counted else (None, None)
    return {
        "is_in_force": {policy_of(world, leg) for leg in legs} == {policy},
        "threshold_seconds": seconds.pop() if len(seconds) == 1 else None,
        "met_count": met,
        "counted_count": counted,
        "unknown_count": unknown,
        "input_share": share,
        "service_level_rate": ratio(met, counted) if is_shown else None,
        "service_level_low": low,
        "service_level_high": high,
        "reason_code": reason if share is not None and not is_shown else None,
    }


def rpt_waits(world: World) -> dict[tuple[str, date, str, str], dict[str, Any]]:
    """Return waits by (week or month, start, company or queue, member).

    `n`, exact `p50`, `p90`, `p95` (Fractions) and `longest` of answered visits, None where n is 0;
    patience: `patience_median` and `patience_points` as `kaplan_meier` gives them, over all visits
    with a known wait, where abandons (short ones included) are the events.
    """
    waits: dict[tuple[str, date, str, str], list[int]] = defaultdict(list)
    patience: dict[tuple[str, date, str, str], list[Observed]] = defaultdict(list)
    for _, leg in visits(world):
        if leg.wait is None or (leg.outcome in NOT_OFFERED and leg.outcome not in GONE):
            continue
        # A list without those who left cannot tell how long the others would hold out.
        watched = [] if leg.is_one_sided else [(leg.wait, leg.outcome in GONE)]
        for period, start in periods(leg.day, date.min):
            for scope, member in (("company", "company"), ("queue", leg.queue)):
                if period in ("week", "month"):
                    key = (period, start, scope, member)
                    patience[key] += watched
                    waits[key] += [leg.wait] if leg.is_answered else []
    found: dict[tuple[str, date, str, str], dict[str, Any]] = {}
    for key, observed in patience.items():
        own, points = waits[key], kaplan_meier(observed)
        row: dict[str, Any] = {"n": len(own), "longest": max(own, default=None)}
        for name, percent in (("p50", 50), ("p90", 90), ("p95", 95)):
            row[name] = quantile(own, Fraction(percent, 100)) if own else None
        found[key] = row | {"patience_median": median(points), "patience_points": points}
    return found


def waits_and_patience(world: World) -> tuple[dict[Any, Fact], dict[Any, Fact]]:
    """Return the rows of the waits of answered visits, and of the patience of all."""
    waits: dict[Any, list[int]] = defaultdict(list)
    watched: Counter[Any] = Counter()
    for _, leg in visits(world):
        for period, start in periods(leg.day, date.min)[1:3]:
            for key in ((period, start, "company", "company"), (period, start, "queue", leg.queue)):
                waits[key] += [leg.wait] if leg.is_answered and leg.wait is not None else []
                is_watched = is_offered(leg) or leg.outcome in GONE
                is_watched = is_watched and not leg.is_one_sided
                watched[key] += is_watched and leg.wait is not None
    reports = rpt_waits(world)
    asked: dict[Any, Fact] = {}
    for key, found in reports.items():
        own = sorted(waits[key])
        if own:
            asked[key] = {"answered_wait_count": len(own), "longest_wait_seconds": own[-1]}
            for name, q in (("p50", 0.5), ("p90", 0.9), ("p95", 0.95)):
                low, high = order_statistics(len(own), q)
                asked[key] |= {f"{name}_wait_seconds": float(found[name])}
                asked[key] |= {f"{name}_wait_low": own[low - 1], f"{name}_wait_high": own[high - 1]}
    left = {
        key: _patience(world, key, watched[key], found)
        for key, found in reports.items()
        if watched[key]
    }
    return asked, left


def _patience(world: World, key: Any, watched: int, found: Fact) -> Fact:
    points: list[Point] = found["patience_points"]
    longest = max(
        leg.wait or 0
        for _, leg in visits(world)
        if leg.wait is not None
        and not leg.is_one_sided
        and (is_offered(leg) or leg.outcome in GONE)
        and key[:2] in periods(leg.day, date.min)
        and key[3] in ("company", leg.queue)
    )
    row: Fact = {"visit_count": watched, "abandon_count": sum(point[2] for point in points)}
    row["median_patience_seconds"] = found["patience_median"]
    for at in ASKED:
        share = survival_at(points, at)
        is_known = longest >= at or share == 0
        limits = greenwood(points, at) if is_known else None
        row[f"patience_{at}_share"] = float(share) if is_known else None
        row[f"patience_{at}_low"], row[f"patience_{at}_high"] = limits or (None, None)
    return row
