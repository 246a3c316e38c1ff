"""The oracle's events and curves of issues: repeats, FCR, cost."""

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from tests.oracle.centre.centre import UNASSIGNED
from tests.oracle.events import Event
from tests.oracle.issues.issues import Issue, fct_issues
from tests.oracle.periods import in_periods
from tests.oracle.statistics.intervals import wilson
from tests.oracle.statistics.survival import Observed, greenwood, kaplan_meier, survival_at
from tests.oracle.world import DAY, World, seconds_from

HEADLINE = 7 * DAY
PROVISIONAL = 30 * DAY
WINDOWS = (1, 3, 7, 14, 30)


def issue_events(world: World) -> Iterator[Event]:
    """Yield the events of A14 and of A6 per issue.

    Answered contacts without a customer or a reason cannot be followed: their input is missing.
    """
    for issue in fct_issues(world):
        within = issue.repeat_seconds is not None and issue.repeat_seconds <= HEADLINE
        calls = len(issue.asking)
        yield from _followed(
            world,
            issue.first.ended_at,
            (issue.day, issue.keys),
            int(not within),
            issue.handle,
            (issue.repeat_count, calls),
            calls,
        )
    for contact in world.contacts.values():
        if contact.handled and (contact.customer is None or contact.issue_reason is None):
            keys = contact.keys | {"reason": contact.issue_reason or UNASSIGNED}
            owner = (contact.day, keys)
            yield from _followed(world, contact.ended_at, owner, None, None, (None, 0), None)


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


def observed_repeats(issues: list[Issue], as_of: datetime) -> list[Observed]:
    """Return (seconds to the first repeat or to `as_of`, is a repeat) of every issue.

    What overlaps the first contact came after 0 s.
    """
    return [
        (max(0, issue.repeat_seconds), True)
        if issue.repeat_seconds is not None
        else (max(0, seconds_from(issue.first.ended_at, as_of)), False)
        for issue in issues
    ]


def resolution_curve(world: World, issues: list[Issue]) -> dict[int, dict[str, Any]]:
    """Return by days W: counts, the share resolved with its interval, and the survival curve.

    At risk are those whose repeat or end of sight is not before W; where nobody is, the survival
    is not known unless it had reached 0. The ends of its interval are None at 0 and 1.
    """
    if world.as_of is None:
        return {}
    observed = observed_repeats(issues, world.as_of)
    points, found = kaplan_meier(observed), dict[int, dict[str, Any]]()
    for days in WINDOWS:
        seconds = days * DAY
        mature = [issue for issue in issues if world.is_closed(issue.first.ended_at, seconds)]
        repeats = [issue.repeat_seconds for issue in mature]
        resolved = sum(at is None or at > seconds for at in repeats)
        at_risk = sum(at >= seconds for at, _ in observed)
        survival: Fraction | None = survival_at(points, seconds)
        ends = greenwood(points, seconds)
        if at_risk == 0 and survival != 0:
            survival, ends = None, None
        shares = wilson(resolved, len(mature)) if mature else (None, None)
        found[days] = {
            "issue_count": len(issues),
            "mature_count": len(mature),
            "resolved_count": resolved,
            "resolution_rate": resolved / len(mature) if mature else None,
            "resolution_low": shares[0],
            "resolution_high": shares[1],
            "at_risk_count": at_risk,
            "survival_probability": survival,
            "survival_low": ends[0] if ends else None,
            "survival_high": ends[1] if ends else None,
        }
    return found


def rpt_resolution_curves(
    world: World,
) -> dict[tuple[str, date, tuple[str, str]], dict[int, dict[str, Any]]]:
    """Return curves by (month or all, start, (scope, member)): company, reason, any_reason."""
    units: list[tuple[date, tuple[str, str], Issue]] = []
    for issue in fct_issues(world):
        units.append((issue.day, ("company", "company"), issue))
        units.append((issue.day, ("reason", issue.reason or ""), issue))
    for issue in fct_issues(world, any_reason=True):
        units.append((issue.day, ("any_reason", "company"), issue))
    first_day = min((day for day, _, _ in units), default=date.min)
    return {
        key: resolution_curve(world, issues)
        for key, issues in in_periods(units, ("month", "all"), first_day).items()
    }
