"""Service levels of the oracle: six policies over the visits that ended, by queue and day."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from tests.oracle.centre.centre import UNASSIGNED
from tests.oracle.centre.channels import DEFERRED_CHANNELS, KNOWN_CHANNELS
from tests.oracle.centre.clock import clock_seconds
from tests.oracle.centre.targets import in_force, row_in_force
from tests.oracle.events import Event, visit_keys
from tests.oracle.visits.legs import Leg
from tests.oracle.world import World

POLICIES = ("SL_NEG", "SL_SHORT_EXCL", "SL_SHORT_POS", "SL_IGN", "SL_POS", "SL_ANS")
LETTERS = {
    "answered": "a",
    "abandoned": "b",
    "abandoned_ringing": "b",
    "short_abandon": "s",
    "callback_taken": "c",
    "voicemail": "v",
    "overflow_out": "o",
    "system_loss": "x",
}
LIVE_SECONDS, DEFERRED_SECONDS = 20, 86_400


def members_of(leg: Leg) -> list[tuple[str, str]]:
    """Return (scope, member) of a visit, the closest first."""
    return [("queue", leg.queue), ("site", leg.site), ("company", "company")]


def policy_of(world: World, leg: Leg) -> str:
    """Return the policy in force for a visit."""
    code = in_force(world.centre, "service_level", "policy_code", leg.day, members_of(leg))
    return code or "SL_SHORT_EXCL"


def threshold(world: World, leg: Leg) -> tuple[int | None, str]:
    """Return (T in seconds, clock). Only a queue's own row changes a deferred channel.

    The clock is that of the row that gives T: one that names none has the channel's. A channel
    that nobody knows has no T, unless the row of its queue names both.
    """
    is_deferred = leg.channel in DEFERRED_CHANNELS
    is_known = leg.channel in KNOWN_CHANNELS | {UNASSIGNED}
    members = members_of(leg) if is_known and not is_deferred else members_of(leg)[:1]
    row = row_in_force(world.centre, "service_level", "threshold_seconds", leg.day, members)
    if not is_known and (row is None or row["clock_code"] is None):
        return None, "calendar"
    default = (DEFERRED_SECONDS, "business") if is_deferred else (LIVE_SECONDS, "calendar")
    return default if row is None else (row["threshold_seconds"], row["clock_code"] or default[1])


def is_replied(leg: Leg) -> bool:
    """Whether a person replied on a deferred channel to what nobody has closed."""
    is_pending = leg.outcome in ("in_progress", "lost_record") and leg.answered_at is not None
    return is_pending and leg.is_person and leg.channel in DEFERRED_CHANNELS


def judged(world: World, leg: Leg) -> tuple[str, bool | None] | None:
    """Return (letter, within T) of a visit, None if it stands outside.

    Letters are those of A3, `s` apart from `b`, `late` for an open item of a deferred channel and
    `?` for a lost record. Within is None where the wait is not known. A person's reply on a
    deferred channel is an answer, though its end may be missing.
    """
    seconds, clock = threshold(world, leg)
    if leg.outcome in ("in_progress", "lost_record") and not is_replied(leg):
        if leg.channel not in DEFERRED_CHANNELS:
            return ("?", None) if leg.outcome == "lost_record" else None
        if world.as_of is None:
            return None
        age = clock_seconds(world.centre, clock, leg.queue, leg.entered_at, world.as_of)
        return ("late", False) if age > (seconds or 0) else None
    outcome = "answered" if is_replied(leg) else leg.outcome
    if outcome not in LETTERS:
        return None
    until = leg.answered_at if outcome == "answered" else leg.ended_at
    if until is None and leg.wait is not None:
        until = leg.entered_at + timedelta(seconds=leg.wait)
    if until is None or seconds is None:
        return LETTERS[outcome], None
    wait = clock_seconds(world.centre, clock, leg.queue, leg.entered_at, until)
    return LETTERS[outcome], wait <= seconds


def parts(policy: str, letter: str, is_within: bool | None) -> tuple[int | None, int]:
    """Return (numerator, denominator) that a visit adds; None where its input is missing."""
    if letter == "?":
        return None, 1
    needs_wait = letter == "a" or (policy == "SL_IGN" and letter in "bs")
    needs_wait = needs_wait or (policy == "SL_POS" and letter in "bsc")
    is_counted = True
    if policy == "SL_SHORT_EXCL":
        is_counted = letter != "s"
    elif policy == "SL_ANS":
        is_counted = letter == "a"
    if not is_counted:
        return 0, 0
    if needs_wait and is_within is None:
        return None, 1
    if policy == "SL_IGN" and letter in "bs" and is_within:
        return 0, 0
    above = letter == "a" and is_within
    above = above or (policy == "SL_SHORT_POS" and letter == "s")
    above = above or (policy == "SL_POS" and letter in ("b", "s", "c") and is_within)
    return int(bool(above)), 1


def service_events(world: World) -> Iterator[Event]:
    """Yield one event of the service level per visit, by the policy and T of its queue."""
    for leg in (leg for legs in world.legs.values() for leg in legs):
        found = judged(world, leg) if leg.is_demand and leg.has_queue else None
        if found is not None:
            above, below = parts(policy_of(world, leg), *found)
            keys, is_hidden = visit_keys(leg), leg.is_one_sided and found[0] != "?"
            if is_hidden:
                hidden = "answered_only" if leg.is_answered else None
                yield Event("service_level", leg.day, keys, None, hidden=hidden)
            elif below:
                yield Event("service_level", leg.day, keys, above)


def rpt_service_levels(world: World) -> dict[tuple[date, str, str], dict[str, int]]:
    """Return counts by (local day, queue, policy).

    `numerator`, `denominator` of visits with all inputs, `missing_count`, and the components
    of A3 as in the dictionary (b holds s, b_T the short ones within T), the same on six rows.
    """
    found: dict[tuple[date, str, str], Counter[str]] = defaultdict(Counter)
    for leg in (leg for legs in world.legs.values() for leg in legs):
        seen = judged(world, leg) if leg.is_demand and leg.has_queue else None
        if seen is None:
            continue
        letter, is_within = seen
        names = {"s": ["s", "b"], "?": ["lost"]}.get(letter, [letter])
        names += [f"{name}_T" for name in names if name in ("a", "b", "c") and is_within]
        for policy in POLICIES:
            cell = found[leg.day, leg.queue, policy]
            cell.update(names)
            above, below = parts(policy, letter, is_within)
            cell["missing_count"] += above is None
            cell["numerator"] += above or 0
            cell["denominator"] += below if above is not None else 0
    zero = dict.fromkeys(
        ["a", "b", "s", "c", "v", "o", "x", "late", "lost", "a_T", "b_T", "c_T"], 0
    )
    zero |= dict.fromkeys(("numerator", "denominator", "missing_count"), 0)
    return {key: zero | dict(cell) for key, cell in found.items()}
