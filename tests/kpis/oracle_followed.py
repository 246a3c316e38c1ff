"""The oracle's events of selfcare, digital contacts and contacts: A10, A11 and A2b."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tests.kpis.oracle_clock import calendar_of
from tests.kpis.oracle_contacts import Contact
from tests.kpis.oracle_events import Event
from tests.kpis.oracle_handled import WEEK, has_returned
from tests.kpis.oracle_sessions import DIGITAL_CHANNELS, Session
from tests.kpis.oracle_world import World, periods


def session_events(world: World) -> Iterator[Event]:
    """Yield the events of A10 per session, and of its share per human contact."""
    for session in world.sessions:
        keys, escalated = session.keys, session.is_escalated
        stayed = None if escalated is None else int(not escalated)
        yield Event("selfcare_containment_rate", session.day, keys, stayed)
        end = session.ended_at or session.started_at
        is_open = not world.is_closed(end, WEEK)
        resolved = task_resolved(world, session)
        yield Event("selfcare_resolution_rate", session.day, keys, resolved, is_open=is_open)
        yield Event("selfcare_off_hours_rate", session.day, keys, off_hours(world, session))
        if stayed != 0:
            keys = {scope: member for scope, member in keys.items() if scope != "reason"}
            yield Event("selfcare_share", session.day, keys, stayed)
    for contact in world.contacts.values():
        if contact.is_human:
            keys = {scope: member for scope, member in contact.keys.items() if scope != "reason"}
            yield Event("selfcare_share", contact.day, keys, 0)


def task_resolved(world: World, session: Session) -> int | None:
    """Return 1 for a completed task without a human contact from its start to 7 d after its end."""
    if session.customer is None or session.issue_reason is None or session.is_completed is None:
        return None
    if session.is_escalated or not session.is_completed:
        return 0
    end = session.ended_at or session.started_at
    reason = session.issue_reason
    return int(not has_returned(world, None, session.customer, reason, session.started_at, end))


def off_hours(world: World, session: Session) -> int | None:
    """Return 1 where no queue of the site was open at the start, None where none has hours."""
    codes = {
        row.get("calendar_code")
        for row in world.centre.queues.values()
        if (row.get("site_id") or world.centre.site) == session.site
    }
    calendars = [calendar_of(world.centre, code) for code in codes if code is not None]
    calendars = [calendar for calendar in calendars if calendar.hours]
    if not calendars:
        return None
    return int(not any(calendar.is_open(session.started_at) for calendar in calendars))


def digital_units(world: World) -> Iterator[tuple[date, dict[str, str], str, str | None]]:
    """Yield (day, company and site, channel, customer) of human contacts and lone sessions."""
    for contact in world.contacts.values():
        if contact.is_human:
            yield contact.day, _places(contact.keys), contact.keys["channel"], contact.customer
    for session in world.sessions:
        if not session.is_escalated:
            yield session.day, _places(session.keys), session.channel, session.customer


def _places(keys: dict[str, str]) -> dict[str, str]:
    return {"company": keys["company"], "site": keys["site"]}


def digital_events(world: World) -> Iterator[Event]:
    """Yield the events of A11; an unknown channel is a missing input."""
    for day, keys, channel, _ in digital_units(world):
        amount = None if channel == "unassigned" else int(channel in DIGITAL_CHANNELS)
        yield Event("digital_contact_rate", day, keys, amount)


def digital_customers(world: World) -> dict[tuple[str, date, str, str], tuple[int, int]]:
    """Return exact (digital, all) known customers by (period, start, scope, member), no `all`."""
    found: dict[tuple[str, date, str, str], tuple[set[str], set[str]]] = {}
    found = defaultdict(lambda: (set(), set()))
    for day, keys, channel, customer in digital_units(world):
        for period, start in periods(day, date.min):
            for scope, member in keys.items():
                if customer is not None and period != "all":
                    digital, everyone = found[period, start, scope, member]
                    everyone.add(customer)
                    if channel in DIGITAL_CHANNELS:
                        digital.add(customer)
    return {key: (len(digital), len(everyone)) for key, (digital, everyone) in found.items()}


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
    dissuaded = int(set(outcomes) <= {"dissuaded", "closed"})
    for kpi_id, amount in (
        ("accessibility_rate", int(bool(contact.handled))),
        ("dissuasion_rate", dissuaded),
    ):
        yield Event(kpi_id, contact.day, keys, None if is_unknown else amount)
