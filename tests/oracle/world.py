"""Everything that a home delivered, judged once: the base of all figures of the oracle."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.oracle.centre.as_of import latest_instant
from tests.oracle.centre.centre import Centre, Row
from tests.oracle.contacts.contacts import Contact, contact_of
from tests.oracle.followed.sessions import Session, judged_sessions
from tests.oracle.tickets.tickets import Ticket, judged_tickets
from tests.oracle.visits.legs import Leg, judged_contacts

DAY = 86_400
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class World:
    """What a home delivered. Nothing is closed in a world without `as_of`."""

    centre: Centre
    tables: dict[str, list[Row]]
    legs: dict[str, list[Leg]]
    contacts: dict[str, Contact]
    by_customer: dict[str, list[Contact]]
    sessions: list[Session]
    tickets: list[Ticket]
    as_of: datetime | None

    def is_closed(self, start: datetime, seconds: int) -> bool:
        """Return whether a window of so many seconds from `start` ended by `as_of`."""
        return self.as_of is not None and start + timedelta(seconds=seconds) <= self.as_of

    def others(self, contact_id: str | None, customer: str | None) -> list[Contact]:
        """Return the inbound contacts of a known customer but one, in order of start and id."""
        if customer is None:
            return []
        return [c for c in self.by_customer.get(customer, []) if c.contact_id != contact_id]


def judged_world(
    tables: dict[str, list[Row]],
    lists: dict[str, list[Row]],
    zone: str,
    site: str,
    as_of: datetime | None = None,
) -> World:
    """Return the world of delivered rows, lists and the home's defaults, as `kpi_values` says."""
    centre = Centre(lists, tables.get("agents", []), zone, site)
    as_of = as_of or latest_instant(tables, zone)
    legs = judged_contacts(tables["contact_legs"], centre, as_of)
    contacts = {name: contact_of(name, found, centre) for name, found in legs.items()}
    by_customer: dict[str, list[Contact]] = defaultdict(list)
    for contact in sorted(contacts.values(), key=lambda c: (c.started_at, c.contact_id)):
        if contact.customer is not None and contact.demand:
            by_customer[contact.customer].append(contact)
    sessions = judged_sessions(tables.get("selfcare_sessions", []), centre)
    tickets = judged_tickets(tables, centre, contacts)
    return World(centre, tables, legs, contacts, by_customer, sessions, tickets, as_of)


def seconds_from(start: datetime, end: datetime) -> int:
    """Return whole seconds, floored."""
    return (end - start) // SECOND


def is_within(start: datetime, at: datetime, seconds: int) -> bool:
    """Return whether `at` is not before `start` and at most so many whole seconds after it."""
    return at >= start and seconds_from(start, at) <= seconds


def periods(day: date, first_day: date) -> list[tuple[str, date]]:
    """Return (period_code, start) of the periods that hold a local day; weeks begin on Monday."""
    return [
        ("day", day),
        ("week", day - timedelta(days=day.weekday())),
        ("month", day.replace(day=1)),
        ("all", first_day),
    ]
