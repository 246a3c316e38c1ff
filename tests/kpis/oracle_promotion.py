"""The oracle's promotion of channels (A12): proposed, adopted, and the lift."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import sqrt

from tests.kpis.oracle_contacts import Contact
from tests.kpis.oracle_events import Event, handled_keys
from tests.kpis.oracle_intervals import Z
from tests.kpis.oracle_legs import Leg
from tests.kpis.oracle_sessions import SELFCARE_CHANNELS
from tests.kpis.oracle_world import DAY, World, is_within

ADOPTION_SECONDS = 30 * DAY
HABIT = timedelta(days=90)
Stratum = tuple[str, str, date]


def eligible(world: World) -> Iterator[tuple[Contact, Leg]]:
    """Yield the handled legs of reasons where promotion is foreseen, with their contact."""
    for contact in world.contacts.values():
        for leg in contact.handled:
            if world.centre.is_reason("is_promotion_eligible", leg.reason):
                yield contact, leg


def promoted_channel(contact: Contact, leg: Leg) -> str | None:
    """Return the other channel that was proposed, None where there is none or it is selfcare."""
    channel = leg.promoted
    if channel in SELFCARE_CHANNELS or channel == contact.keys["channel"]:
        return None
    return channel


def has_habit(world: World, contact: Contact, channel: str) -> bool:
    """Return whether the customer used the channel, for any reason, in the 90 days before."""
    return any(
        other.keys["channel"] == channel
        and contact.started_at - HABIT <= other.started_at < contact.started_at
        for other in world.others(contact.contact_id, contact.customer)
    )


def has_adopted(world: World, contact: Contact, leg: Leg, channel: str) -> bool:
    """Return whether he used it for the reason within 30 days of the contact's entry."""
    return any(
        other.keys["channel"] == channel
        and other.issue_reason == world.centre.issue_reason(leg.reason)
        and is_within(contact.started_at, other.started_at, ADOPTION_SECONDS)
        for other in world.others(contact.contact_id, contact.customer)
    )


def promotion_events(world: World) -> Iterator[Event]:
    """Yield the events of A12 per eligible handled leg."""
    for contact, leg in eligible(world):
        keys, channel = handled_keys(leg), promoted_channel(contact, leg)
        yield Event("channel_promotion_rate", leg.day, keys, int(channel is not None))
        if channel is None:
            continue
        is_open = not world.is_closed(contact.started_at, ADOPTION_SECONDS)
        if contact.customer is None:
            yield Event("channel_adoption_rate", leg.day, keys, None, is_open=is_open)
        elif not has_habit(world, contact, channel):
            adopted = int(has_adopted(world, contact, leg, channel))
            yield Event("channel_adoption_rate", leg.day, keys, adopted, is_open=is_open)


def lift_strata(world: World) -> dict[Stratum, tuple[int, int, int, int]]:
    """Return (adopted, promoted, adopted without, not promoted) by level-2 reason, channel, month.

    Legs of known customers without the habit and with a closed window. A leg to which nothing
    was proposed stands in the stratum of every channel that is proposed anywhere, but its own.
    """
    channels = {promoted_channel(*pair) for pair in eligible(world)} - {None}
    found: dict[Stratum, Counter[int]] = defaultdict(Counter)
    for contact, leg in eligible(world):
        if contact.customer is None or not world.is_closed(contact.started_at, ADOPTION_SECONDS):
            continue
        proposed = promoted_channel(contact, leg)
        if proposed is None and leg.promoted is not None:
            continue
        others = channels - {contact.keys["channel"]} if proposed is None else {proposed}
        for channel in sorted(name for name in others if name is not None):
            if not has_habit(world, contact, channel):
                reason = world.centre.issue_reason(leg.reason) or ""
                cell = found[reason, channel, leg.day.replace(day=1)]
                side = 2 * (proposed is None)
                cell[side] += has_adopted(world, contact, leg, channel)
                cell[side + 1] += 1
    return {key: (cell[0], cell[1], cell[2], cell[3]) for key, cell in found.items()}


def mantel_haenszel(
    strata: list[tuple[int, int, int, int]],
) -> tuple[Fraction, float, float] | None:
    """Return (risk difference, low, high) over (a, n1, b, n0), None without a two-sided stratum.

    Variance of Sato (1989): (difference * sum P + sum Q) / (sum R)**2.
    """
    weight = above = p_sum = q_sum = Fraction(0)
    for a, n1, b, n0 in strata:
        n = n1 + n0
        if n1 == 0 or n0 == 0:
            continue
        weight += Fraction(n1 * n0, n)
        above += Fraction(a * n0 - b * n1, n)
        p_sum += (n1 * n1 * b - n0 * n0 * a + Fraction(n1 * n0 * (n0 - n1), 2)) / (n * n)
        q_sum += Fraction(a * (n0 - b) + b * (n1 - a), 2 * n)
    if weight == 0:
        return None
    difference = above / weight
    half = Z * sqrt(max(0.0, float((difference * p_sum + q_sum) / weight**2)))
    return difference, float(difference) - half, float(difference) + half


def rpt_promotion_lift(world: World) -> dict[str, object] | None:
    """Return the lift with its interval, strata and counts of both sides, None without one."""
    strata = lift_strata(world)
    found = mantel_haenszel(list(strata.values()))
    if found is None:
        return None
    return {"difference": found[0], "low": found[1], "high": found[2], "strata": strata}
