"""The oracle's report of waits and patience."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.events import NOT_OFFERED
from tests.oracle.survival import Observed, kaplan_meier, median, quantile
from tests.oracle.visits import visits
from tests.oracle.world import World, periods

GONE = {"abandoned", "abandoned_ringing", "short_abandon"}


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
