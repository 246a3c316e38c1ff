"""Tickets as the oracle sees them: keys, replies, resolutions, re-opens with agent work."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tests.oracle.centre.centre import UNASSIGNED, Centre, Row, current_versions
from tests.oracle.contacts.contacts import Contact

RESOLVED_STATUSES = {"solved", "resolved", "closed"}
Change = tuple[datetime, str, str | None]


@dataclass(frozen=True)
class Ticket:
    """One ticket; `changes` are (instant, status, actor) in order of time.

    `stays` are (instant, queue) of its delivered versions, in order: where it lay since when.
    """

    ticket_id: str
    contact_id: str | None
    customer: str | None
    queue: str
    site: str
    reason: str | None
    priority: str | None
    created_at: datetime
    replied_at: datetime | None
    resolved_at: datetime | None
    day: date
    keys: dict[str, str]
    changes: list[Change]
    stays: list[tuple[datetime, str]]

    @property
    def states(self) -> list[tuple[datetime, bool, bool]]:
        """(instant, is resolved, by a person) of every status after the creation, in order.

        The delivered resolution is one; at one instant a change has the last word. Nothing
        happens to a ticket before it exists.
        """
        told: list[tuple[datetime, int, bool, bool]] = []
        if self.resolved_at is not None:
            told.append((max(self.resolved_at, self.created_at), 0, True, False))
        for at, status, actor in self.changes:
            is_resolved = status.lower() in RESOLVED_STATUSES
            told.append((max(at, self.created_at), 1, is_resolved, actor == "person"))
        told.sort(key=lambda state: state[:2])
        return [(at, is_resolved, by_person) for at, _, is_resolved, by_person in told]

    @property
    def first_resolved_at(self) -> datetime | None:
        """The first instant at which it was resolved."""
        return next((at for at, is_resolved, _ in self.states if is_resolved), None)

    @property
    def full_resolved_at(self) -> datetime | None:
        """The resolution that no re-open follows, None while the ticket is open again."""
        last = None
        for at, is_resolved, _ in self.states:
            if not is_resolved:
                last = None
            elif last is None:
                last = at
        return last

    def reopens(self) -> list[tuple[datetime, bool]]:
        """Return (instant, with agent work) of every turn from a resolved status to another.

        Work is any change by a person from the re-open up to the next one.
        """
        found: list[tuple[datetime, bool]] = []
        was_resolved = False
        for at, is_resolved, by_person in self.states:
            if was_resolved and not is_resolved:
                found.append((at, False))
            if found and by_person:
                found[-1] = (found[-1][0], True)
            was_resolved = is_resolved
        return found

    def turns(self) -> list[tuple[datetime, str, bool]]:
        """Return (instant, code, with agent work) of its creation, solutions and re-opens."""
        found, was_resolved = [(self.created_at, "opened", False)], False
        reopens = iter(self.reopens())
        for at, is_resolved, _ in self.states:
            if is_resolved and not was_resolved:
                found.append((at, "solved", False))
            elif was_resolved and not is_resolved:
                found.append((at, "reopened", next(reopens)[1]))
            was_resolved = is_resolved
        return found

    def is_open(self, instant: datetime, is_included: bool) -> bool:
        """Return whether the ticket was open just before an instant, or at it where included."""

        def past(at: datetime) -> bool:
            return at <= instant if is_included else at < instant

        known = [is_resolved for at, is_resolved, _ in self.states if past(at)]
        return past(self.created_at) and not (known and known[-1])


def judged_tickets(
    tables: dict[str, list[Row]], centre: Centre, contacts: Mapping[str, Contact]
) -> list[Ticket]:
    """Return the tickets in order of creation and id, with the changes of each."""
    changes: dict[str, list[Change]] = defaultdict(list)
    rows = current_versions(tables.get("ticket_changes", []), ("ticket_id", "changed_at"))
    for row in sorted(rows, key=lambda row: row["changed_at"]):
        said = (row["changed_at"], row["status_code"], row["actor_kind_code"])
        changes[row["ticket_id"]].append(said)
    stays: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    named = [row for row in tables.get("tickets", []) if row["updated_at"] and row["queue_id"]]
    versions = current_versions(named, ("ticket_id", "updated_at"))
    for row in sorted(versions, key=lambda row: row["updated_at"]):
        stays[row["ticket_id"]].append((row["updated_at"], row["queue_id"]))
    found: list[Ticket] = []
    for row in current_versions(tables.get("tickets", []), ("ticket_id",)):
        name, contact = row["ticket_id"], contacts.get(row["contact_id"])
        found.append(judged_ticket(row, contact, changes[name], stays[name], centre))
    return sorted(found, key=lambda ticket: (ticket.created_at, ticket.ticket_id))


def judged_ticket(
    row: Row,
    contact: Contact | None,
    changes: list[Change],
    stays: list[tuple[datetime, str]],
    centre: Centre,
) -> Ticket:
    """Return a ticket with its own queue and reason, else those of the contact that opened it.

    The demand entered where that contact did: site and channel are its, else those of the queue.
    """
    told = {} if contact is None else {k: v for k, v in contact.keys.items() if v != UNASSIGNED}
    queue = row["queue_id"] or told.get("queue") or UNASSIGNED
    listed = centre.queues.get(queue, {})
    site = told.get("site") or listed.get("site_id") or centre.site
    reason = row["reason_code"] or (contact.known_reason if contact else None)
    keys = {"company": "company", "site": site, "queue": queue}
    keys |= {"channel": told.get("channel") or listed.get("channel_code") or UNASSIGNED}
    keys |= {"reason": reason or UNASSIGNED}
    return Ticket(
        ticket_id=row["ticket_id"],
        contact_id=row["contact_id"],
        customer=row["customer_id"] or (contact.customer if contact else None),
        queue=queue,
        site=site,
        reason=reason,
        priority=row["priority_code"],
        created_at=row["created_at"],
        replied_at=row["first_human_reply_at"],
        resolved_at=row["resolved_at"],
        day=centre.local_day(row["created_at"], site),
        keys=keys,
        changes=changes,
        stays=stays,
    )
