"""The oracle's events and curves of issues: repeats, FCR, cost, resolution against the target."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tests.kpis.oracle_centre import UNASSIGNED
from tests.kpis.oracle_clock import clock_seconds
from tests.kpis.oracle_events import Event
from tests.kpis.oracle_issues import Issue, fct_issues
from tests.kpis.oracle_survival import Observed, greenwood, kaplan_meier, survival_at
from tests.kpis.oracle_targets import resolution_target
from tests.kpis.oracle_world import DAY, World, seconds_from

HEADLINE = 7 * DAY
PROVISIONAL = 30 * DAY
WINDOWS = (1, 3, 7, 14, 30)


def issue_events(world: World) -> Iterator[Event]:
    """Yield the events of A14, A6 per issue and A15.

    Answered contacts without a customer or a reason cannot be followed: their input is missing.
    """
    for issue in fct_issues(world):
        within = issue.repeat_seconds is not None and issue.repeat_seconds <= HEADLINE
        calls = len(issue.contacts) + len(issue.reopened_at)
        yield from _followed(
            world,
            issue.first.ended_at,
            (issue.day, issue.keys),
            int(not within),
            _handle(issue),
            (issue.repeat_count, calls),
            len(issue.contacts),
        )
        yield from target_event(world, issue)
    for contact in world.contacts.values():
        if contact.handled and (contact.customer is None or contact.issue_reason is None):
            keys = contact.keys | {"reason": contact.issue_reason or UNASSIGNED}
            owner = (contact.day, keys)
            yield from _followed(world, contact.ended_at, owner, None, None, (None, 0), None)


def _handle(issue: Issue) -> int | None:
    parts = [contact.handle for contact in issue.contacts]
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _followed(
    world: World,
    end: datetime,
    owner: tuple[Any, dict[str, str]],
    resolved: int | None,
    handle: int | None,
    repeats: tuple[int | None, int],
    contacts: int | None,
) -> Iterator[Event]:
    is_open = not world.is_closed(end, HEADLINE)
    yield Event("first_contact_resolution_rate", *owner, resolved, is_open=is_open)
    is_open = not world.is_closed(end, PROVISIONAL)
    yield Event("average_issue_handle_seconds", *owner, handle, is_open=is_open)
    yield Event("repeat_rate", *owner, repeats[0], repeats[1], is_open=is_open)
    yield Event("average_issue_contact_count", *owner, contacts, is_open=is_open)


def target_event(world: World, issue: Issue) -> Iterator[Event]:
    """Yield whether an issue was resolved within its target; younger open ones are open events.

    Its earliest ticket tells the span, else its contacts: resolved at the last end where the last
    contact is declared resolved, unknown where a person answered it and declared nothing.
    """
    keys, last, centre = issue.keys, issue.contacts[-1], world.centre
    members = [("queue", keys["queue"]), ("site", keys["site"]), ("company", "company")]
    start, priority, queue, reason = issue.first.started_at, None, keys["queue"], issue.first.reason
    resolved_at = issue.ended_at if last.declared else None
    is_known = not last.handled or last.declared is not None
    if issue.tickets:
        ticket = issue.tickets[0]
        start, priority, is_known = ticket.created_at, ticket.priority, True
        resolved_at, queue = ticket.first_resolved_at, ticket.queue
    target = resolution_target(centre, issue.day, (reason, issue.reason), priority, members)
    if target is None or world.as_of is None:
        return
    limit = target["threshold_seconds"]
    until = resolved_at or world.as_of
    seconds = clock_seconds(centre, target["clock_code"], queue, start, until)
    amount: int | None = int(resolved_at is not None and seconds <= limit)
    is_open = resolved_at is None and seconds < limit
    if not is_known:
        amount = None
    yield Event("resolution_in_target_rate", issue.day, keys, amount, is_open=is_open)


def observed_repeats(issues: list[Issue], as_of: datetime) -> list[Observed]:
    """Return (seconds to the first repeat or to `as_of`, is a repeat) of every issue."""
    return [
        (issue.repeat_seconds, True)
        if issue.repeat_seconds is not None
        else (max(0, seconds_from(issue.first.ended_at, as_of)), False)
        for issue in issues
    ]


def resolution_curve(world: World, issues: list[Issue]) -> dict[int, dict[str, Any]]:
    """Return by days W: mature_count, resolved_count, at_risk_count, survival, low and high.

    At risk are those whose repeat or end of sight is not before W; the ends are None at 0 and 1.
    """
    if world.as_of is None:
        return {}
    observed = observed_repeats(issues, world.as_of)
    points, found = kaplan_meier(observed), dict[int, dict[str, Any]]()
    for days in WINDOWS:
        seconds = days * DAY
        mature = [issue for issue in issues if world.is_closed(issue.first.ended_at, seconds)]
        repeats = [issue.repeat_seconds for issue in mature]
        low, high = greenwood(points, seconds) or (None, None)
        found[days] = {
            "mature_count": len(mature),
            "resolved_count": sum(at is None or at > seconds for at in repeats),
            "at_risk_count": sum(at >= seconds for at, _ in observed),
            "survival": survival_at(points, seconds),
            "low": low,
            "high": high,
        }
    return found


def rpt_resolution_curves(world: World) -> dict[tuple[str, str, str], dict[int, dict[str, Any]]]:
    """Return curves by (reason_kind, scope, member): `same` or `any`; company, site and reason."""
    found: dict[tuple[str, str, str], dict[int, dict[str, Any]]] = {}
    for kind in ("same", "any"):
        issues = fct_issues(world, any_reason=kind == "any")
        for scope in ("company", "site", "reason") if kind == "same" else ("company", "site"):
            for member in sorted({issue.keys[scope] for issue in issues}):
                own = [issue for issue in issues if issue.keys[scope] == member]
                found[kind, scope, member] = resolution_curve(world, own)
    return found
