"""The oracle's events of handled legs: transfers, and what agents send to selfcare (A8, A9)."""

from collections.abc import Iterator
from datetime import datetime

from tests.oracle.centre.channels import SELFCARE_CHANNELS
from tests.oracle.contacts.contacts import Contact
from tests.oracle.events import Event, handled_keys
from tests.oracle.visits.legs import Leg
from tests.oracle.world import DAY, World, is_within, seconds_from

KINDS = ("blind", "consult", "external")
WRONG_QUEUE_SECONDS = 60
WEEK = 7 * DAY


def transfer_events(world: World) -> Iterator[Event]:
    """Yield the events of A8 per handled leg, and per handled contact for the customer's view."""
    for contact in world.contacts.values():
        for leg in contact.handled:
            keys, kind = handled_keys(leg), leg.transfer_kind
            passed_on = is_passed_on(leg)
            yield Event(
                "transfer_rate", leg.day, keys, None if passed_on is None else int(passed_on)
            )
            for name in KINDS:
                amount = None if passed_on is None else int(kind == name)
                yield Event(f"{name}_transfer_rate", leg.day, keys, amount)
            yield Event("wrong_queue_rate", leg.day, keys, wrong_queue(leg))
        if contact.handled:
            inner = has_inner_transfer(contact)
            amount = None if inner is None else int(inner)
            yield Event("transferred_contact_rate", contact.day, contact.keys, amount)


def is_passed_on(leg: Leg) -> bool | None:
    """Return whether the leg ended in a transfer.

    None where only its instant is known, or its file had no kinds.
    """
    if "transfer_kind_code" in leg.lacks:
        return None
    if leg.transfer_kind is None and leg.transferred_at is not None:
        return None
    return leg.transfer_kind in KINDS


def has_inner_transfer(contact: Contact) -> bool | None:
    """Return whether a handled leg was passed on inside the centre, None where none is known."""
    if any(leg.transfer_kind in ("blind", "consult") for leg in contact.handled):
        return True
    return None if any(is_passed_on(leg) is None for leg in contact.handled) else False


def wrong_queue(leg: Leg) -> int | None:
    """Return 1 where the leg was passed on within 60 s of its answer, None without the instants."""
    if is_passed_on(leg) is None or "transferred_at" in leg.lacks:
        return None
    if leg.transfer_kind not in KINDS:
        return 0
    if leg.transferred_at is None or leg.answered_at is None:
        return None
    return int(seconds_from(leg.answered_at, leg.transferred_at) <= WRONG_QUEUE_SECONDS)


def selfcare_events(world: World) -> Iterator[Event]:
    """Yield the events of A9 per handled leg whose declared reason has a selfcare path."""
    for contact in world.contacts.values():
        for leg in contact.handled:
            if not world.centre.is_reason("is_selfcare_eligible", leg.reason):
                continue
            keys, is_sent = handled_keys(leg), leg.sent_to in SELFCARE_CHANNELS
            is_known = "sent_to_channel_code" not in leg.lacks
            amount = int(is_sent) if is_known else None
            yield Event("selfcare_sent_rate", leg.day, keys, amount)
            if is_sent:
                yield from sent_events(world, contact, leg, keys)


def sent_events(world: World, contact: Contact, leg: Leg, keys: dict[str, str]) -> Iterator[Event]:
    """Yield whether a customer who was sent started, and whether they stayed away."""
    earliest, sent_at = sending(world, contact, leg)
    started = success = None
    if contact.customer is not None:
        reason = world.centre.issue_reason(leg.reason)
        started = int(has_started(world, contact, earliest, sent_at))
        came_back = has_returned(world, contact.contact_id, contact.customer, reason, sent_at)
        success = int(started == 1 and not came_back)
    for kpi_id, amount, window in (
        ("selfcare_started_rate", started, DAY),
        ("selfcare_success_rate", success, WEEK),
    ):
        is_open = not world.is_closed(sent_at, window)
        yield Event(kpi_id, leg.day, keys, amount, is_open=is_open)


def sending(world: World, contact: Contact, leg: Leg) -> tuple[datetime, datetime]:
    """Return the earliest and the latest instant at which the customer can have been sent.

    They are one where a session that names the contact tells it; else the agent sent them
    somewhere between answer and end.
    """
    named = [session for session in world.sessions if session.sent_by == contact.contact_id]
    told = [session.sent_at for session in named if session.sent_at is not None]
    if told:
        return min(told), min(told)
    answered = leg.answered_at or leg.entered_at
    return answered, leg.ended_at or answered


def has_started(world: World, contact: Contact, earliest: datetime, sent_at: datetime) -> bool:
    """Return whether they began a task within 24 h of being sent.

    A task that names the contact is believed to follow it, one that names another does not.
    """
    return any(
        (
            session.sent_by == contact.contact_id
            if session.sent_by is not None
            else session.customer == contact.customer is not None and session.started_at >= earliest
        )
        and seconds_from(sent_at, session.started_at) <= DAY
        for session in world.sessions
    )


def has_returned(
    world: World,
    contact_id: str | None,
    customer: str,
    issue_reason: str | None,
    since: datetime,
) -> bool:
    """Return whether another human contact of the customer and reason began in the 7 days."""
    return any(
        other.is_human
        and other.issue_reason == issue_reason
        and is_within(since, other.started_at, WEEK)
        for other in world.others(contact_id, customer)
    )
