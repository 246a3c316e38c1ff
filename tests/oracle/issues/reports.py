"""The oracle's reports of issues and tickets: journeys, lengths until resolution, backlogs."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Any

from tests.oracle.issues.issues import Issue, fct_issues
from tests.oracle.periods import in_periods
from tests.oracle.statistics.intervals import wilson
from tests.oracle.statistics.survival import kaplan_meier, quantile
from tests.oracle.tickets.tickets import Ticket
from tests.oracle.world import World, seconds_from

PHONE_CHANNELS = {"phone", "voice"}
Length = tuple[int, bool, int | None]


def rpt_journeys(world: World) -> dict[tuple[str, date, tuple[str, str]], dict[str, Any]]:
    """Return issues by (week or month, start, (level-2 reason, path of channels)).

    Time and work are those of issues to which nothing can be added; their median and mean are
    cut to whole seconds.
    """
    units: list[tuple[date, tuple[str, str], Issue]] = []
    for issue in fct_issues(world):
        path = " > ".join(channel for _, _, channel in issue.path)
        units.append((issue.day, (issue.reason or "", path), issue))
    found: dict[tuple[str, date, tuple[str, str]], dict[str, Any]] = {}
    for key, issues in in_periods(units, ("week", "month"), date.min).items():
        ended = sum(issue.resolving_channel in PHONE_CHANNELS for issue in issues)
        closed = [issue for issue in issues if issue.is_closed(world)]
        spans = [seconds_from(issue.first.started_at, issue.ended_at) for issue in closed]
        work = [issue.handle for issue in closed if issue.handle is not None]
        low, high = wilson(ended, len(issues))
        found[key] = {
            "is_begun_by_phone": issues[0].path[0][2] in PHONE_CHANNELS,
            "issue_count": len(issues),
            "phone_ended_count": ended,
            "phone_ended_share": ended / len(issues),
            "phone_ended_low": low,
            "phone_ended_high": high,
            "closed_count": len(closed),
            "median_issue_seconds": floor(quantile(spans, Fraction(1, 2))) if spans else None,
            "handled_count": len(work),
            "handle_seconds": sum(work),
            "mean_handle_seconds": sum(work) // len(work) if work else None,
        }
    return found


def lengths(world: World) -> Iterator[tuple[date, str, str, str, Length]]:
    """Yield (day, reason, unit, measure, (seconds watched, whether it ended, age while open)).

    Of tickets the first and the full resolution; of issues from their contacts alone the
    duration, called a resolution only where the last contact is declared resolved. An issue to
    which contacts may still be added lasted at least as long as it has so far.
    """
    assert world.as_of is not None
    for ticket in world.tickets:
        age, reason = seconds_from(ticket.created_at, world.as_of), ticket.keys["reason"]
        for measure, at in (
            ("first_resolution", ticket.first_resolved_at),
            ("full_resolution", ticket.full_resolved_at),
        ):
            span = None if at is None else seconds_from(ticket.created_at, at)
            length = (age, False, age) if span is None else (span, True, None)
            yield ticket.day, reason, "ticket", measure, length
    for issue in fct_issues(world):
        span = seconds_from(issue.first.started_at, issue.ended_at)
        length = (span, True, None) if issue.is_closed(world) else (span, False, span)
        yield issue.day, issue.reason or "", "issue", "issue_duration", length
        if issue.contacts[-1].declared:
            yield issue.day, issue.reason or "", "issue", "issue_resolution", length


def rpt_resolutions(world: World) -> dict[tuple[str, date, tuple[str, ...]], dict[str, Any]]:
    """Return lengths by (month or all, start, (scope, member, unit, measure)).

    `median_seconds` and `ninth_decile_seconds` are the first instants at which the Kaplan-Meier
    share is at most a half and a tenth; ages of the open are exact quantiles, cut to seconds.
    """
    told = list(lengths(world))
    units: list[tuple[date, tuple[str, ...], Length]] = []
    for day, reason, unit, measure, length in told:
        units.append((day, ("company", "company", unit, measure), length))
        units.append((day, ("reason", reason, unit, measure), length))
    first_day = min((day for day, *_ in told), default=date.min)
    found: dict[tuple[str, date, tuple[str, ...]], dict[str, Any]] = {}
    for key, own in in_periods(units, ("month", "all"), first_day).items():
        points = kaplan_meier([(span, ended) for span, ended, _ in own])
        open_ages = [age for _, _, age in own if age is not None]
        row: dict[str, Any] = {
            "unit_count": len(own),
            "ended_count": sum(ended for _, ended, _ in own),
            "open_count": sum(not ended for _, ended, _ in own),
            "oldest_open_seconds": max(open_ages, default=None),
        }
        for name, left in (("median", Fraction(1, 2)), ("ninth_decile", Fraction(1, 10))):
            times = [time for time, _, _, survival in points if survival <= left]
            row[f"{name}_seconds"] = times[0] if times else None
            age = floor(quantile(open_ages, 1 - left)) if open_ages else None
            row[f"{name}_open_seconds"] = age
        found[key] = row
    return found


def rpt_backlogs(world: World) -> dict[tuple[date, str, str], dict[str, int]]:
    """Return by (local day, company or queue, member) the turns of the day and the open tickets.

    Open at the midnight that ends the day on the clocks of each ticket's site, and at `as_of` on
    the last day that the clocks of the member's sites show. What comes after `as_of` is not
    known.
    """
    members: dict[tuple[str, str], list[Ticket]] = {}
    for ticket in world.tickets:
        if world.as_of is not None and ticket.created_at <= world.as_of:
            for member in (("company", "company"), ("queue", ticket.queue)):
                members.setdefault(member, []).append(ticket)
    found: dict[tuple[date, str, str], dict[str, int]] = {}
    for (scope, member), tickets in members.items():
        assert world.as_of is not None
        turns = Counter(turn for ticket in tickets for turn in turned(world, ticket))
        last = max(world.centre.local_day(world.as_of, ticket.site) for ticket in tickets)
        day = min(ticket.day for ticket in tickets)
        while day <= last:
            found[day, scope, member] = {
                f"{kind}_count": turns[day, kind] for kind in ("opened", "solved", "reopened")
            } | {"open_count": sum(is_open_on(world, ticket, day) for ticket in tickets)}
            day += timedelta(days=1)
    return found


def turned(world: World, ticket: Ticket) -> Iterator[tuple[date, str]]:
    """Yield (local day, turn) of a ticket up to `as_of`: opened, solved, reopened."""
    for at, kind, _ in ticket.turns():
        if world.as_of is not None and at <= world.as_of:
            yield world.centre.local_day(at, ticket.site), kind


def is_open_on(world: World, ticket: Ticket, day: date) -> bool:
    """Return whether a ticket is open as its site's local day ends, or at `as_of` before that."""
    assert world.as_of is not None
    midnight = world.centre.midnight(day + timedelta(days=1), ticket.site)
    if midnight > world.as_of:
        return ticket.is_open(world.as_of, is_included=True)
    return ticket.is_open(midnight, is_included=False)
