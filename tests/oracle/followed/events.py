"""The oracle's events of selfcare, digital contacts and contacts: A10, A11 and A2b."""

from collections.abc import Iterator

from tests.oracle.centre.channels import is_digital
from tests.oracle.centre.clock import calendar_of
from tests.oracle.contacts.contacts import Contact
from tests.oracle.contacts.handled import WEEK, has_returned
from tests.oracle.events import Event
from tests.oracle.followed.sessions import Session
from tests.oracle.world import DAY, World

REOPEN_SECONDS = WEEK


def session_events(world: World) -> Iterator[Event]:
    """Yield the events of A10 per session, and of its share per human contact."""
    for session in world.sessions:
        keys, escalated = session.keys, session.is_escalated
        stayed = None if escalated is None else int(not escalated)
        yield Event("selfcare_containment_rate", session.day, keys, stayed)
        resolved, is_open = task_resolved(world, session), is_waiting(world, session)
        yield Event("selfcare_resolution_rate", session.day, keys, resolved, is_open=is_open)
        yield Event("selfcare_off_hours_rate", session.day, keys, off_hours(world, session))
        if stayed != 0:
            keys = {scope: member for scope, member in keys.items() if scope != "reason"}
            yield Event("selfcare_share", session.day, keys, stayed)
    for contact in world.contacts.values():
        if contact.is_human:
            keys = {scope: member for scope, member in contact.keys.items() if scope != "reason"}
            yield Event("selfcare_share", contact.day, keys, 0)


def is_waiting(world: World, session: Session) -> bool:
    """Return whether its 7 days still run; without an end it is a lost record after 24 h."""
    if session.ended_at is None:
        return not world.is_closed(session.started_at, DAY)
    return not world.is_closed(session.ended_at, WEEK)


def task_resolved(world: World, session: Session) -> int | None:
    """Return 1 for a completed task without a human contact in the 7 d from its end.

    None where customer, reason, end or result are unknown.
    """
    customer, reason, end = session.customer, session.issue_reason, session.ended_at
    if customer is None or reason is None or end is None or session.is_completed is None:
        return None
    if session.is_escalated or not session.is_completed:
        return 0
    return int(not has_returned(world, None, customer, reason, end))


def off_hours(world: World, session: Session) -> int | None:
    """Return 1 where no queue of the site was open at the start.

    None where no calendar of the site has hours in force on that day.
    """
    codes = {
        row.get("calendar_code")
        for row in world.centre.queues.values()
        if (row.get("site_id") or world.centre.site) == session.site
    }
    calendars = [calendar_of(world.centre, code) for code in codes if code is not None]
    calendars = [c for c in calendars if c.schedule(c.local_day(session.started_at))]
    if not calendars:
        return None
    return int(not any(calendar.is_open(session.started_at) for calendar in calendars))


def digital_events(world: World) -> Iterator[Event]:
    """Yield the events of A11: human contacts, and sessions not known to have escalated.

    An unknown channel or escalation is a missing input.
    """
    for contact in world.contacts.values():
        if contact.is_human:
            found = is_digital(contact.keys["channel"])
            amount = None if found is None else int(found)
            yield Event("digital_contact_rate", contact.day, _places(contact.keys), amount)
    for session in world.sessions:
        if not session.is_escalated:
            found = None if session.is_escalated is None else is_digital(session.channel)
            amount = None if found is None else int(found)
            yield Event("digital_contact_rate", session.day, _places(session.keys), amount)


def _places(keys: dict[str, str]) -> dict[str, str]:
    return {"company": keys["company"], "site": keys["site"]}


def contact_events(world: World) -> Iterator[Event]:
    """Yield the events of A2b, and of the handle time per contact."""
    for contact in world.contacts.values():
        outcomes = [leg.outcome for leg in contact.demand]
        if contact.handled:
            seconds = contact.handle
            yield Event("average_contact_handle_seconds", contact.day, contact.keys, seconds)
        if not outcomes or "in_progress" in outcomes or set(outcomes) == {"ivr_only"}:
            continue
        yield from arrival_events(contact, outcomes)


def arrival_events(contact: Contact, outcomes: list[str]) -> Iterator[Event]:
    """Yield accessibility and dissuasion of a contact that arrived and ended."""
    keys = {scope: member for scope, member in contact.keys.items() if scope != "reason"}
    is_unknown = "lost_record" in outcomes and not contact.handled
    is_one_sided = any(leg.is_one_sided for leg in contact.demand)
    dissuaded = int(set(outcomes) <= {"dissuaded", "closed"})
    for kpi_id, amount, reason in (
        ("accessibility_rate", int(bool(contact.handled)), "answered_only"),
        ("dissuasion_rate", dissuaded, "not_delivered"),
    ):
        hidden = reason if is_one_sided and not is_unknown else None
        said = None if is_unknown or hidden else amount
        yield Event(kpi_id, contact.day, keys, said, hidden=hidden)
