"""The oracle's facts of issues: every row as the marts should show it."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from tests.oracle.centre.centre import UNASSIGNED
from tests.oracle.contacts.contacts import Contact
from tests.oracle.issues.chains import gap_seconds
from tests.oracle.issues.issues import Issue, fct_issues
from tests.oracle.issues.resolution import HEADLINE, PROVISIONAL
from tests.oracle.visits.facts import Fact, known
from tests.oracle.visits.legs import Leg
from tests.oracle.world import World, seconds_from

KEYS = ("site_id", "queue_id", "channel_code", "reason_code")


def issue_rows(world: World) -> dict[tuple[str], Fact]:
    """Return every issue by its first contact, and what cannot be followed by its only one."""
    found = {(issue.first.contact_id,): _issue_row(world, issue) for issue in fct_issues(world)}
    for contact in world.contacts.values():
        if contact.handled and (contact.customer is None or contact.issue_reason is None):
            found[contact.contact_id,] = _unfollowed_row(world, contact)
    return found


def customer_issue_rows(world: World) -> dict[tuple[str], Fact]:
    """Return every issue of any reason by its first contact."""
    return {
        (issue.first.contact_id,): {"customer_id": issue.customer}
        | {"entered_date": issue.day, "started_at": issue.first.started_at}
        | _repeated(world, issue)
        for issue in fct_issues(world, any_reason=True)
    }


def daily_issue_rows(world: World) -> dict[tuple[Any, ...], Fact]:
    """Return the sums of issues by local day of their start and keys."""
    groups: dict[tuple[Any, ...], list[Fact]] = defaultdict(list)
    for row in issue_rows(world).values():
        groups[row["entered_date"], *(row[key] or UNASSIGNED for key in KEYS)].append(row)
    return {key: _summed(rows) for key, rows in groups.items()}


def _issue_row(world: World, issue: Issue) -> Fact:
    legs = [leg for contact in issue.contacts for leg in contact.handled]
    return (
        _started(issue.first)
        | _worked(legs)
        | _repeated(world, issue)
        | {
            "reason_code": issue.reason,
            "resolving_channel_code": known(issue.resolving_channel),
            "path_name": " > ".join(channel for _, _, channel in issue.path),
            "is_followed": True,
            "is_declared_resolved": issue.contacts[-1].declared,
            "ended_at": issue.ended_at,
            "contact_count": len(issue.asking),
            "reopening_count": len(issue.reopened_at),
            "repeat_count": issue.repeat_count,
            "switch_count": issue.switch_count,
            "issue_seconds": seconds_from(issue.first.started_at, issue.ended_at),
            "is_closed": issue.is_closed(world),
        }
    )


def _unfollowed_row(world: World, contact: Contact) -> Fact:
    silence = _until_now(world, contact.ended_at)
    return (
        _started(contact)
        | _worked(contact.handled)
        | {
            "reason_code": contact.issue_reason,
            "resolving_channel_code": known(contact.keys["channel"]),
            "path_name": contact.keys["channel"],
            "is_followed": False,
            "is_declared_resolved": contact.declared,
            "first_ended_at": contact.ended_at,
            "ended_at": contact.ended_at,
            "repeated_at": None,
            "contact_count": 1,
            "reopening_count": 0,
            "repeat_count": 0,
            "switch_count": 0,
            "issue_seconds": seconds_from(contact.started_at, contact.ended_at),
            "until_repeat_seconds": None,
            "followed_seconds": silence,
            "is_closed": silence > gap_seconds(world, contact.issue_reason),
        }
    )


def _started(first: Contact) -> Fact:
    return {
        "customer_id": first.customer,
        "site_id": first.keys["site"],
        "queue_id": known(first.keys["queue"]),
        "channel_code": known(first.keys["channel"]),
        "entered_date": first.day,
        "started_at": first.started_at,
    }


def _repeated(world: World, issue: Issue) -> Fact:
    return {
        "first_ended_at": issue.first.ended_at,
        "repeated_at": issue.repeated_at,
        "until_repeat_seconds": issue.repeat_seconds,
        "followed_seconds": _until_now(world, issue.first.ended_at),
    }


def _worked(legs: list[Leg]) -> Fact:
    parts = [leg.handle for leg in legs]
    told = [part for part in parts if part is not None]
    counts = {"answered_leg_count": len(parts), "handled_count": len(told)}
    return counts | {"handle_seconds": sum(told)}


def _until_now(world: World, at: datetime) -> int:
    assert world.as_of is not None
    return seconds_from(at, world.as_of)


def _summed(rows: list[Fact]) -> Fact:
    followed = [row for row in rows if row["is_followed"]]
    mature = [row for row in rows if row["followed_seconds"] >= HEADLINE]
    settled = [row for row in rows if row["followed_seconds"] >= PROVISIONAL]
    judged = [row for row in mature if row["is_followed"]]
    kept = [row for row in settled if row["is_followed"]]
    whole = [r["handle_seconds"] for r in kept if r["handled_count"] == r["answered_leg_count"]]
    repeats = [row["until_repeat_seconds"] for row in judged]
    return {
        "issue_count": len(followed),
        "open_window_count": len(followed) - len(kept),
        "mature_count": len(judged),
        "mature_unfollowed_count": len(mature) - len(judged),
        "first_contact_resolved_count": sum(at is None or at > HEADLINE for at in repeats),
        "settled_count": len(kept),
        "settled_unfollowed_count": len(settled) - len(kept),
        "settled_handled_count": len(whole),
        "settled_handle_seconds": sum(whole),
        "settled_handle_seconds_squares": sum(seconds**2 for seconds in whole),
        "settled_repeat_count": sum(row["repeat_count"] for row in kept),
        "settled_contact_count": sum(row["contact_count"] for row in kept),
        "settled_contact_count_squares": sum(row["contact_count"] ** 2 for row in kept),
    }
