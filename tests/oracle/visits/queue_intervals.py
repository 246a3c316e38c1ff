"""The oracle's half hours: visits by entry, keyed by their start in UTC."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta

from tests.oracle.centre.centre import Centre
from tests.oracle.events import NOT_OFFERED
from tests.oracle.visits.legs import Leg, is_kept, reached_callbacks
from tests.oracle.visits.service import judged
from tests.oracle.world import World

HALF_HOUR = timedelta(minutes=30)
IntervalKey = tuple[datetime, str, str]
OUTCOMES = [
    "answered",
    "abandoned",
    "abandoned_ringing",
    "short_abandon",
    "callback_taken",
    "voicemail",
    "overflow_out",
    "system_loss",
    "in_progress",
    "lost_record",
]
SUMS = [
    "offered_count",
    "reached_count",
    "answered_within_count",
    "abandoned_within_count",
    "callback_within_count",
    "wait_count",
    "wait_seconds",
    "offered_wait_count",
    "offered_wait_seconds",
    "talk_count",
    "talk_seconds",
    "hold_count",
    "hold_seconds",
    "wrap_up_count",
    "wrap_up_seconds",
    "handle_count",
    "handle_seconds",
]


def interval_start(instant: datetime) -> datetime:
    """Return the UTC half hour that holds a naive UTC instant."""
    return instant - timedelta(
        minutes=instant.minute % 30, seconds=instant.second, microseconds=instant.microsecond
    )


def half_hours(centre: Centre, day: date, site: str) -> list[tuple[datetime, str]]:
    """Return (UTC start, local label with offset) of every half hour of a local day of a site."""
    start, end = (centre.midnight(day + timedelta(days=n), site) for n in (0, 1))
    found: list[tuple[datetime, str]] = []
    while start < end:
        local = start.replace(tzinfo=UTC).astimezone(centre.site_zone(site))
        found.append((start, local.strftime("%H:%M %z")))
        start += HALF_HOUR
    return found


def agg_queue_intervals(world: World) -> dict[IntervalKey, dict[str, int]]:
    """Return counts and sums by (UTC start, site, queue) of half hours with a visit.

    `<outcome>_count` for every outcome of a visit; `within` counts stand on the T of the queue,
    abandoned ones with the ringing and short; each sum stands beside the count of its inputs.
    """
    found: dict[IntervalKey, Counter[str]] = defaultdict(Counter)
    reached = reached_callbacks(world.legs)
    for leg in (leg for legs in world.legs.values() for leg in legs):
        if not (leg.is_demand and leg.has_queue) or leg.outcome not in OUTCOMES:
            continue
        cell = found[interval_start(leg.entered_at), leg.site, leg.queue]
        cell[f"{leg.outcome}_count"] += 1
        letter, is_within = judged(world, leg) or ("", None)
        name = {"a": "answered", "b": "abandoned", "s": "abandoned", "c": "callback"}.get(letter)
        if name and is_within:
            cell[f"{name}_within_count"] += 1
        if leg.outcome == "callback_taken":
            cell["reached_count"] += bool(is_kept(leg, reached.get(leg.contact_id, [])))
        if leg.outcome not in NOT_OFFERED:
            cell["offered_count"] += 1
            _add(cell, "offered_wait", leg.wait)
        if leg.is_answered:
            _add_parts(cell, leg)
    zero = dict.fromkeys([f"{outcome}_count" for outcome in OUTCOMES] + SUMS, 0)
    return {key: zero | dict(cell) for key, cell in found.items()}


def _add_parts(cell: Counter[str], leg: Leg) -> None:
    parts = {"talk": leg.talk, "hold": leg.hold, "wrap_up": leg.wrap_up, "handle": leg.handle}
    for name, seconds in ({"wait": leg.wait} | parts).items():
        _add(cell, name, seconds)


def _add(cell: Counter[str], name: str, seconds: int | None) -> None:
    if seconds is not None:
        cell[f"{name}_count"] += 1
        cell[f"{name}_seconds"] += seconds
