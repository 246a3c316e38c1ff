"""Tickets as the oracle sees them: replies, resolutions, re-opens with agent work, backlog."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.kpis.oracle_centre import UNASSIGNED, Centre, Row, current_versions

RESOLVED_STATUSES = {"solved", "resolved", "closed"}
Change = tuple[datetime, str, str | None]


@dataclass(frozen=True)
class Ticket:
    """One ticket; `changes` are (instant, status, actor) in order of time."""

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

    @property
    def first_resolved_at(self) -> datetime | None:
        """The delivered first resolution, else the first change to a resolved status."""
        found = [at for at, status, _ in self.changes if status in RESOLVED_STATUSES]
        return self.resolved_at or min(found, default=None)

    @property
    def full_resolved_at(self) -> datetime | None:
        """The resolution that no re-open follows, None while the ticket is open again."""
        if not self.changes:
            return self.resolved_at
        last = None
        for at, status, _ in self.changes:
            if status not in RESOLVED_STATUSES:
                last = None
            elif last is None:
                last = at
        return last

    def reopens(self) -> list[tuple[datetime, bool]]:
        """Return (instant, with agent work) of every change from a resolved status to another.

        Work is a person who re-opens, or who sets an unresolved status before the next resolution.
        """
        found: list[tuple[datetime, bool]] = []
        is_resolved = False
        for at, status, actor in self.changes:
            if status in RESOLVED_STATUSES:
                is_resolved = True
            elif is_resolved:
                found.append((at, actor == "person"))
                is_resolved = False
            elif found and actor == "person":
                found[-1] = (found[-1][0], True)
        return found

    def is_open(self, instant: datetime, is_included: bool) -> bool:
        """Return whether the ticket was open just before an instant, or at it where included."""

        def past(at: datetime) -> bool:
            return at <= instant if is_included else at < instant

        if not past(self.created_at):
            return False
        known = [status for at, status, _ in self.changes if past(at)]
        if known:
            return known[-1] not in RESOLVED_STATUSES
        return self.resolved_at is None or not past(self.resolved_at)


def judged_tickets(tables: dict[str, list[Row]], centre: Centre) -> list[Ticket]:
    """Return the tickets in order of creation and id, with the changes of each."""
    changes: dict[str, list[Change]] = defaultdict(list)
    rows = current_versions(tables.get("ticket_changes", []), ("ticket_id", "changed_at"))
    for row in sorted(rows, key=lambda row: row["changed_at"]):
        said = (row["changed_at"], row["status_code"], row["actor_kind_code"])
        changes[row["ticket_id"]].append(said)
    found = [
        judged_ticket(row, changes[row["ticket_id"]], centre)
        for row in current_versions(tables.get("tickets", []), ("ticket_id",))
    ]
    return sorted(found, key=lambda ticket: (ticket.created_at, ticket.ticket_id))


def judged_ticket(row: Row, changes: list[Change], centre: Centre) -> Ticket:
    """Return a ticket that its queue owns: site, channel and calendar are those of the queue."""
    queue = row["queue_id"] or UNASSIGNED
    listed = centre.queues.get(queue, {})
    site = listed.get("site_id") or centre.site
    keys = {"company": "company", "site": site, "queue": queue}
    keys |= {"channel": listed.get("channel_code") or UNASSIGNED}
    keys |= {"reason": row["reason_code"] or UNASSIGNED}
    return Ticket(
        ticket_id=row["ticket_id"],
        contact_id=row["contact_id"],
        customer=row["customer_id"],
        queue=queue,
        site=site,
        reason=row["reason_code"],
        priority=row["priority_code"],
        created_at=row["created_at"],
        replied_at=row["first_human_reply_at"],
        resolved_at=row["resolved_at"],
        day=centre.local_day(row["created_at"], site),
        keys=keys,
        changes=changes,
    )


def backlog(
    tickets: list[Ticket], centre: Centre, as_of: datetime
) -> Counter[tuple[date, str, str]]:
    """Return open tickets by (local day, site, queue) at the day's last midnight.

    The last day of a site ends at `as_of`. Days without an open ticket have no entry.
    """
    found: Counter[tuple[date, str, str]] = Counter()
    for ticket in tickets:
        day, last = ticket.day, centre.local_day(as_of, ticket.site)
        while day <= last:
            ends = as_of if day == last else centre.midnight(day + timedelta(days=1), ticket.site)
            if ticket.is_open(ends, is_included=day == last):
                found[day, ticket.site, ticket.queue] += 1
            day += timedelta(days=1)
    return found
