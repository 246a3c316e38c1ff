"""The oracle's facts of tickets: every row as the marts should show it."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from tests.oracle.centre.centre import UNASSIGNED
from tests.oracle.tickets.events import REOPEN_SECONDS, fct_tickets
from tests.oracle.tickets.tickets import Ticket
from tests.oracle.visits.facts import Fact, known
from tests.oracle.world import World, seconds_from

KEYS = ("site_id", "queue_id", "channel_code", "reason_code")


def ticket_rows(world: World) -> dict[tuple[str], Fact]:
    """Return every ticket: keys, instants, lengths, target."""
    judged = fct_tickets(world)
    return {
        (ticket.ticket_id,): judged[ticket.ticket_id] | _placed(ticket) | _lived(world, ticket)
        for ticket in world.tickets
    }


def turn_rows(world: World) -> dict[tuple[str, int], Fact]:
    """Return every turn of every ticket, also what is said of the time after `as_of`."""
    assert world.as_of is not None
    found: dict[tuple[str, int], Fact] = {}
    for ticket in world.tickets:
        placed = _placed(ticket)
        for number, (at, code, has_work) in enumerate(ticket.turns(), 1):
            found[ticket.ticket_id, number] = {
                **{key: placed[key] for key in ("site_id", "queue_id", "reason_code")},
                "turn_code": code,
                "turned_at": at,
                "turned_date": world.centre.local_day(at, ticket.site),
                "is_worked_reopening": has_work,
                "as_of_date": world.centre.local_day(world.as_of, ticket.site),
            }
    return found


def daily_ticket_rows(world: World) -> dict[tuple[Any, ...], Fact]:
    """Return the sums of tickets by local day of their creation and keys."""
    groups: dict[tuple[Any, ...], list[Fact]] = defaultdict(list)
    for row in ticket_rows(world).values():
        groups[row["entered_date"], *(row[key] or UNASSIGNED for key in KEYS)].append(row)
    return {key: _summed(rows) for key, rows in groups.items()}


def _placed(ticket: Ticket) -> Fact:
    return {
        "contact_id": ticket.contact_id,
        "customer_id": ticket.customer,
        "site_id": ticket.site,
        "queue_id": known(ticket.queue),
        "channel_code": known(ticket.keys["channel"]),
        "reason_code": ticket.reason,
        "priority_code": ticket.priority,
        "entered_date": ticket.day,
    }


def _lived(world: World, ticket: Ticket) -> Fact:
    assert world.as_of is not None
    solved_at, now = ticket.first_resolved_at, world.as_of
    again_at = next((at for at, has_work in ticket.reopens() if has_work), None)
    return {
        "created_at": ticket.created_at,
        "first_human_reply_at": ticket.replied_at,
        "resolved_at": solved_at,
        "fully_resolved_at": ticket.full_resolved_at,
        "reopened_at": again_at,
        "has_changes": bool(ticket.changes),
        "age_seconds": seconds_from(ticket.created_at, now),
        "since_resolution_seconds": _between(solved_at, now),
        "until_reopening_seconds": _between(solved_at, again_at),
    }


def _between(start: datetime | None, end: datetime | None) -> int | None:
    return None if start is None or end is None else seconds_from(start, end)


def _summed(rows: list[Fact]) -> Fact:
    replies = [row["first_reply_seconds"] for row in rows]
    replies = [seconds for seconds in replies if seconds is not None]
    solved = [row for row in rows if row["resolved_at"] is not None]
    settled = [row for row in solved if row["since_resolution_seconds"] >= REOPEN_SECONDS]
    changed = [row for row in settled if row["has_changes"]]
    again = [row["until_reopening_seconds"] for row in changed]
    return {
        "ticket_count": len(rows),
        "solved_count": len(solved),
        "decided_count": sum(row["is_in_target"] is not None for row in rows),
        "in_target_count": sum(row["is_in_target"] is True for row in rows),
        "undecidable_count": sum(row["is_undecidable"] for row in rows),
        "unreplied_count": len(rows) - len(replies),
        "replied_count": len(replies),
        "first_reply_seconds": sum(replies),
        "first_reply_seconds_squares": sum(seconds**2 for seconds in replies),
        "settled_solved_count": len(settled),
        "reopening_known_count": len(changed),
        "reopened_count": sum(at is not None and at <= REOPEN_SECONDS for at in again),
        "open_reply_count": sum(
            row["first_reply_seconds"] is None and not row["is_solved"] for row in rows
        ),
        "open_target_count": sum(
            row["target_seconds"] is not None
            and row["is_in_target"] is None
            and not row["is_undecidable"]
            for row in rows
        ),
        "open_window_count": len(solved) - len(settled),
    }
