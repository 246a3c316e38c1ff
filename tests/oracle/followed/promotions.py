"""The oracle's promotion of channels (A12): proposed, adopted, and the lift."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from math import sqrt

from tests.oracle.centre.channels import SELFCARE_CHANNELS
from tests.oracle.contacts.contacts import Contact
from tests.oracle.events import Event, handled_keys
from tests.oracle.statistics.intervals import Z
from tests.oracle.visits.legs import Leg
from tests.oracle.world import DAY, World, is_within

ADOPTION_SECONDS = 30 * DAY
HABIT_SECONDS = 90 * DAY
Stratum = tuple[str, str, date]


def eligible(world: World) -> Iterator[tuple[Contact, Leg]]:
    """Yield the handled legs of reasons where promotion is foreseen, with their contact."""
    for contact in world.contacts.values():
        for leg in contact.handled:
            if world.centre.is_reason("is_promotion_eligible", leg.reason):
                yield contact, leg


def tells_promotion(leg: Leg) -> bool:
    """Return whether its delivery says what was proposed."""
    return "promoted_channel_code" not in leg.lacks


def promoted_channel(contact: Contact, leg: Leg) -> str | None:
    """Return the other channel that was proposed, None where there is none or it is selfcare."""
    channel = leg.promoted
    if channel in SELFCARE_CHANNELS or channel == contact.keys["channel"]:
        return None
    return channel


def uses(world: World, contact: Contact, channel: str) -> Iterator[tuple[datetime, str | None]]:
    """Yield (start, level-2 reason) of the customer's other contacts and tasks on a channel."""
    for other in world.others(contact.contact_id, contact.customer):
        if other.keys["channel"] == channel:
            yield other.started_at, other.issue_reason
    for session in world.sessions:
        if session.customer == contact.customer is not None and session.channel == channel:
            yield session.started_at, session.issue_reason


def has_habit(world: World, contact: Contact, channel: str) -> bool:
    """Return whether the customer used the channel, for any reason, in the 90 days before."""
    return any(
        at < contact.started_at and is_within(at, contact.started_at, HABIT_SECONDS)
        for at, _ in uses(world, contact, channel)
    )


def has_adopted(world: World, contact: Contact, leg: Leg, channel: str) -> bool:
    """Return whether they used it for the reason within 30 days of the contact's entry."""
    return any(
        reason == world.centre.issue_reason(leg.reason)
        and is_within(contact.started_at, at, ADOPTION_SECONDS)
        for at, reason in uses(world, contact, channel)
    )


def promotion_events(world: World) -> Iterator[Event]:
    """Yield the events of A12 per eligible handled leg."""
    for contact, leg in eligible(world):
        keys, channel = handled_keys(leg), promoted_channel(contact, leg)
        amount = int(channel is not None) if tells_promotion(leg) else None
        yield Event("channel_promotion_rate", leg.day, keys, amount)
        if channel is None:
            continue
        is_open = not world.is_closed(contact.started_at, ADOPTION_SECONDS)
        if contact.customer is None:
            yield Event("channel_adoption_rate", leg.day, keys, None, is_open=is_open)
        elif not has_habit(world, contact, channel):
            adopted = int(has_adopted(world, contact, leg, channel))
            yield Event("channel_adoption_rate", leg.day, keys, adopted, is_open=is_open)


def offers(world: World) -> Iterator[tuple[Contact, Leg, str, bool]]:
    """Yield (contact, leg, channel, was it proposed) of every proposal and its comparisons.

    A leg on which nothing was proposed stands beside every channel that was proposed, for its
    reason and in its month, on any leg, but the one by which its contact came.
    """
    channels: dict[tuple[str, date], set[str]] = defaultdict(set)
    for contact, leg in eligible(world):
        proposed = promoted_channel(contact, leg)
        if proposed is not None:
            channels[leg.reason, leg.day.replace(day=1)].add(proposed)
            yield contact, leg, proposed, True
    for contact, leg in eligible(world):
        if leg.promoted is None and tells_promotion(leg):
            beside = channels[leg.reason, leg.day.replace(day=1)] - {contact.keys["channel"]}
            for channel in sorted(beside):
                yield contact, leg, channel, False


def lift_strata(world: World) -> dict[Stratum, tuple[int, int, int, int]]:
    """Return (adopted, promoted, adopted without, not promoted) by reason, channel, month.

    Legs of known customers without the habit and with a closed window.
    """
    found: dict[Stratum, Counter[int]] = defaultdict(Counter)
    for contact, leg, channel, is_promoted in offers(world):
        if contact.customer is None or not world.is_closed(contact.started_at, ADOPTION_SECONDS):
            continue
        if not has_habit(world, contact, channel):
            cell = found[leg.reason, channel, leg.day.replace(day=1)]
            side = 0 if is_promoted else 2
            cell[side] += has_adopted(world, contact, leg, channel)
            cell[side + 1] += 1
    return {key: (cell[0], cell[1], cell[2], cell[3]) for key, cell in found.items()}


def mantel_haenszel(
    strata: list[tuple[int, int, int, int]],
) -> tuple[Fraction, float, float] | None:
    """Return (risk difference, low, high) over (a, n1, b, n0), None without a two-sided stratum.

    Variance of Sato (1989): (difference * sum P + sum Q) / (sum R)**2. The ends are cut to what a
    difference can be.
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
    return difference, max(-1.0, float(difference) - half), min(1.0, float(difference) + half)
