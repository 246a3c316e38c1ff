"""The oracle's events of tickets: first reply, re-opens (A16), resolution in the target (A15)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tests.oracle.centre.centre import Row
from tests.oracle.centre.clock import SECOND, business_seconds, queue_calendar
from tests.oracle.centre.targets import resolution_target
from tests.oracle.contacts.handled import WEEK
from tests.oracle.events import Event
from tests.oracle.tickets.tickets import Ticket
from tests.oracle.world import World, seconds_from

REOPEN_SECONDS = WEEK


def ticket_events(world: World) -> Iterator[Event]:
    """Yield the events of A16; a ticket without a reply is an event without its input.

    So is a solved one of which no change was delivered: nobody can tell whether it was re-opened.
    """
    for ticket in world.tickets:
        replied, solved = ticket.replied_at, ticket.first_resolved_at
        seconds = None if replied is None else seconds_from(ticket.created_at, replied)
        is_open = not (ticket.states and ticket.states[-1][1])
        yield Event(
            "average_first_reply_seconds",
            ticket.day,
            ticket.keys,
            seconds,
            may_change=seconds is None and is_open,
        )
        if solved is not None:
            again = any(
                has_work and 0 <= seconds_from(solved, at) <= REOPEN_SECONDS
                for at, has_work in ticket.reopens()
            )
            amount = int(again) if ticket.changes else None
            is_open = not world.is_closed(solved, REOPEN_SECONDS)
            yield Event("reopen_rate", ticket.day, ticket.keys, amount, is_open=is_open)


def target_events(world: World) -> Iterator[Event]:
    """Yield whether each ticket with a target was first resolved within it.

    Open tickets younger than their target are open events; on a business clock whose hours are
    not known the input is missing.
    """
    for ticket in world.tickets:
        target = ticket_target(world, ticket)
        if target is not None and world.as_of is not None:
            found = verdict(world, ticket, target)
            is_open = found == "young"
            amount = None if found in ("young", "unknown") else int(found == "in")
            keys = ticket.keys
            yield Event("resolution_in_target_rate", ticket.day, keys, amount, is_open=is_open)


def ticket_target(world: World, ticket: Ticket) -> Row | None:
    """Return the target in force on the local day of a ticket's creation, None without one."""
    members = [("queue", ticket.queue), ("site", ticket.site), ("company", "company")]
    reasons = (ticket.reason, world.centre.issue_reason(ticket.reason))
    return resolution_target(world.centre, ticket.day, reasons, ticket.priority, members)


def verdict(world: World, ticket: Ticket, target: Row) -> str:
    """Return `in` the target, `late`, `young` (still open) or `unknown` (hours not known)."""
    assert world.as_of is not None
    until = ticket.first_resolved_at or world.as_of
    if until < ticket.created_at:
        return "young"
    if target["clock_code"] == "business":
        seconds = open_seconds(world, ticket, until)
    else:
        seconds = (until - ticket.created_at) // SECOND
    if seconds is None:
        return "unknown"
    if ticket.first_resolved_at is None:
        return "late" if seconds >= target["threshold_seconds"] else "young"
    return "in" if seconds <= target["threshold_seconds"] else "late"


def open_seconds(world: World, ticket: Ticket, until: datetime, policy: str = "all") -> int | None:
    """Return seconds since a ticket's creation on the clocks of the queues in which it lay.

    The first queue known had it from its creation. None where a calendar that applied has no
    hours.
    """
    stays = [(ticket.created_at, queue) for _, queue in ticket.stays[:1]] + ticket.stays[1:]
    stays = stays or [(ticket.created_at, ticket.queue)]
    begun = [stay for stay in stays if stay[0] <= until]
    assigned = [(since, queue_calendar(world.centre, queue)) for since, queue in begun]
    asked = assigned[-1:] if policy == "last" else assigned
    if not all(calendar.hours for _, calendar in asked):
        return None
    return business_seconds(ticket.created_at, until, assigned, policy)


def fct_tickets(world: World) -> dict[str, dict[str, Any]]:
    """Return every ticket: its lengths on all time and on the business clock, and its target.

    Seconds are None while it is open, on the business clock also where hours are not known;
    `is_in_target` is None while it is younger than its target, or without one.
    """
    found: dict[str, dict[str, Any]] = {}
    for ticket in world.tickets:
        row: dict[str, Any] = {"reopened_count": len(ticket.reopens())}
        row["worked_reopening_count"] = sum(has_work for _, has_work in ticket.reopens())
        row["is_solved"] = bool(ticket.states) and ticket.states[-1][1]
        for name, at in (
            ("resolution", ticket.first_resolved_at),
            ("full_resolution", ticket.full_resolved_at),
            ("first_reply", ticket.replied_at),
        ):
            row[f"{name}_seconds"] = None if at is None else seconds_from(ticket.created_at, at)
            for policy, suffix in (("all", "open_seconds"), ("last", "last_schedule_seconds")):
                seconds = None if at is None else open_seconds(world, ticket, at, policy)
                row[f"{name}_{suffix}"] = seconds
        target = ticket_target(world, ticket)
        seen = verdict(world, ticket, target) if target and world.as_of else "young"
        row["target_seconds"] = target and target["threshold_seconds"]
        row["clock_code"] = (target["clock_code"] or "calendar") if target else None
        row["is_in_target"] = {"in": True, "late": False}.get(seen)
        row["is_undecidable"] = seen == "unknown"
        found[ticket.ticket_id] = row
    return found
