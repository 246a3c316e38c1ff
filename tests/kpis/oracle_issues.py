"""The oracle's issues (A14): contacts of one customer and level-2 reason, chained by silence."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from tests.kpis.oracle_chains import chains, gap_seconds
from tests.kpis.oracle_contacts import Contact
from tests.kpis.oracle_sessions import Session
from tests.kpis.oracle_tickets import Ticket
from tests.kpis.oracle_world import World, seconds_from


@dataclass
class Issue:
    """One problem of one customer. `reason` is None for issues of any reason.

    `contacts` are in order from the first answered one; `reopened_at` are re-opens with agent
    work of the tickets that name one of them; `sessions` are its unescalated selfcare sessions.
    """

    customer: str
    reason: str | None
    contacts: list[Contact]
    tickets: list[Ticket] = field(default_factory=list)
    reopened_at: list[datetime] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)

    @property
    def first(self) -> Contact:
        """The first answered human inbound contact."""
        return self.contacts[0]

    @property
    def day(self) -> date:
        """Local day on which the issue began."""
        return self.first.day

    @property
    def ended_at(self) -> datetime:
        """The latest end of its contacts."""
        return max(contact.ended_at for contact in self.contacts)

    @property
    def keys(self) -> dict[str, str]:
        """Keys of the first contact, and the level-2 reason where the issue has one."""
        return self.first.keys | ({} if self.reason is None else {"reason": self.reason})

    @property
    def repeat_count(self) -> int:
        """Later contacts and re-opens with agent work."""
        return len(self.contacts) - 1 + len(self.reopened_at)

    @property
    def repeat_seconds(self) -> int | None:
        """Seconds from the end of the first contact to the first repeat; overlaps count as 0."""
        starts = [contact.started_at for contact in self.contacts[1:]] + self.reopened_at
        if not starts:
            return None
        return max(0, seconds_from(self.first.ended_at, min(starts)))

    @property
    def path(self) -> list[tuple[str, str, str]]:
        """(kind, id, channel) of contacts and sessions in order; at ties contacts go first."""
        steps = [
            (contact.started_at, "contact", contact.contact_id, contact.keys["channel"])
            for contact in self.contacts
        ]
        steps += [(s.started_at, "session", s.session_id, s.channel) for s in self.sessions]
        return [step[1:] for step in sorted(steps)]

    @property
    def switch_count(self) -> int:
        """Times that the channel changes along the path."""
        channels = [channel for _, _, channel in self.path]
        return sum(a != b for a, b in pairwise(channels))

    @property
    def resolving_channel(self) -> str | None:
        """Channel of the last step if it is a contact declared resolved or a completed task."""
        kind, name, channel = self.path[-1]
        if kind == "session":
            done = next(s.is_completed for s in self.sessions if s.session_id == name)
        else:
            done = next(c.declared for c in self.contacts if c.contact_id == name)
        return channel if done else None


def fct_issues(world: World, any_reason: bool = False) -> list[Issue]:
    """Return every issue in order of customer, reason and start.

    `any_reason` chains all human contacts of a customer, whatever their reason.
    """
    groups: dict[tuple[str, str | None], list[Contact]] = defaultdict(list)
    for customer, contacts in world.by_customer.items():
        for contact in contacts:
            if contact.is_human and (any_reason or contact.issue_reason is not None):
                groups[customer, None if any_reason else contact.issue_reason].append(contact)
    issues = [
        Issue(customer, reason, chain)
        for (customer, reason), contacts in groups.items()
        for chain in chains(contacts, gap_seconds(world, reason))
    ]
    issues.sort(key=lambda issue: (issue.customer, issue.reason or "", issue.first.started_at))
    _attach_tickets(world, issues)
    if not any_reason:
        _attach_sessions(world, issues)
    return issues


def _attach_tickets(world: World, issues: list[Issue]) -> None:
    owners = {contact.contact_id: issue for issue in issues for contact in issue.contacts}
    for ticket in world.tickets:
        issue = owners.get(ticket.contact_id or "")
        if issue is not None:
            issue.tickets.append(ticket)
            issue.reopened_at += [at for at, has_work in ticket.reopens() if has_work]


def _attach_sessions(world: World, issues: list[Issue]) -> None:
    for session in world.sessions:
        begun = [
            issue
            for issue in issues
            if issue.customer == session.customer
            and issue.reason == session.issue_reason
            and issue.first.started_at <= session.started_at
        ]
        if begun and not session.is_escalated:
            issue = max(begun, key=lambda issue: issue.first.started_at)
            gap = gap_seconds(world, issue.reason)
            if seconds_from(issue.ended_at, session.started_at) <= gap:
                issue.sessions.append(session)
