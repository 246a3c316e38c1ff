"""The oracle's issues (A14): contacts of one customer and level-2 reason, chained by silence."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from tests.oracle.centre.centre import UNASSIGNED
from tests.oracle.contacts.contacts import Contact
from tests.oracle.followed.sessions import Session
from tests.oracle.issues.chains import chain_of, chains, gap_seconds
from tests.oracle.tickets.tickets import Ticket
from tests.oracle.world import World, seconds_from


@dataclass
class Issue:
    """One problem of one customer. `reason` is None for issues of any reason.

    `chain` holds all contacts that follow one another, in order; `reopened_at` are re-opens with
    agent work of the tickets that name one of `contacts`; `sessions` are the unescalated selfcare
    sessions of the chain.
    """

    customer: str
    reason: str | None
    chain: list[Contact]
    tickets: list[Ticket] = field(default_factory=list)
    reopened_at: list[datetime] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)

    @property
    def first(self) -> Contact:
        """The first contact that a person answered: the issue begins with it."""
        return next(contact for contact in self.chain if contact.handled)

    @property
    def contacts(self) -> list[Contact]:
        """The contacts from the first on, in both directions."""
        return self.chain[self.chain.index(self.first) :]

    @property
    def asking(self) -> list[Contact]:
        """Of these, the ones that asked for a person, the first included."""
        return [contact for contact in self.contacts if contact.is_human]

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
        """Later contacts that asked for a person, and re-opens with agent work."""
        return len(self.asking) - 1 + len(self.reopened_at)

    @property
    def repeated_at(self) -> datetime | None:
        """When the first repeat came."""
        starts = [contact.started_at for contact in self.asking[1:]] + self.reopened_at
        return min(starts, default=None)

    @property
    def repeat_seconds(self) -> int | None:
        """Seconds from the end of the first contact to the first repeat.

        Where they overlap it is the length of the overlap, floored as any other, below 0.
        """
        at, end = self.repeated_at, self.first.ended_at
        if at is None:
            return None
        return -seconds_from(at, end) if at < end else seconds_from(end, at)

    @property
    def handle(self) -> int | None:
        """Handle seconds of all its contacts, None unless those of every answered leg are known."""
        parts = [contact.handle for contact in self.contacts]
        known = [part for part in parts if part is not None]
        return sum(known) if len(known) == len(parts) else None

    @property
    def path(self) -> list[tuple[str, str, str]]:
        """(kind, id, channel) of the chain and its sessions in order; at ties contacts go first."""
        steps = [
            (contact.started_at, "contact", contact.contact_id, contact.keys["channel"])
            for contact in self.chain
        ]
        steps += [(s.started_at, "session", s.session_id, s.channel) for s in self.sessions]
        return [step[1:] for step in sorted(steps)]

    @property
    def switch_count(self) -> int:
        """Times that the channel changes along the path; an unknown channel changes nothing."""
        channels = [channel for _, _, channel in self.path]
        return sum(a != b for a, b in pairwise(channels) if UNASSIGNED not in (a, b))

    @property
    def resolving_channel(self) -> str:
        """Channel of the last contact that a person answered."""
        return [contact for contact in self.contacts if contact.handled][-1].keys["channel"]

    def is_closed(self, world: World) -> bool:
        """Return whether so long a silence has passed that no contact can be added."""
        gap = gap_seconds(world, self.reason)
        return world.as_of is not None and seconds_from(self.ended_at, world.as_of) > gap


def fct_issues(world: World, any_reason: bool = False) -> list[Issue]:
    """Return every issue in order of customer, reason and start.

    `any_reason` chains all contacts of a customer, whatever their reason.
    """
    groups: dict[tuple[str, str | None], list[Contact]] = defaultdict(list)
    for contact in sorted(world.contacts.values(), key=lambda c: (c.started_at, c.contact_id)):
        if contact.customer is not None and (any_reason or contact.issue_reason is not None):
            reason = None if any_reason else contact.issue_reason
            groups[contact.customer, reason].append(contact)
    issues: list[Issue] = []
    for (customer, reason), contacts in groups.items():
        gap = gap_seconds(world, reason)
        found = chains(contacts, gap)
        begun = [Issue(customer, reason, chain) for chain in found if any(c.handled for c in chain)]
        if not any_reason:
            _attach_sessions(world, begun, found, gap)
        issues += begun
    issues.sort(key=lambda issue: (issue.customer, issue.reason or "", issue.first.started_at))
    _attach_tickets(world, issues)
    return issues


def _attach_tickets(world: World, issues: list[Issue]) -> None:
    owners = {contact.contact_id: issue for issue in issues for contact in issue.contacts}
    for ticket in world.tickets:
        issue = owners.get(ticket.contact_id or "")
        if issue is not None:
            issue.tickets.append(ticket)
            reopens = [at for at, has_work in ticket.reopens() if has_work]
            issue.reopened_at += [at for at in reopens if at >= issue.first.started_at]


def _attach_sessions(
    world: World, begun: list[Issue], found: list[list[Contact]], gap: int
) -> None:
    for session in world.sessions:
        is_theirs = any(
            (session.customer, session.issue_reason) == (issue.customer, issue.reason)
            for issue in begun
        )
        if is_theirs and not session.is_escalated:
            chain = chain_of(session, found, gap)
            for issue in begun:
                if issue.chain is chain:
                    issue.sessions.append(session)
