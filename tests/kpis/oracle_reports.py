"""The oracle's reports: waits, patience, tickets against their target, agreement of verdicts."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

from tests.kpis.oracle_centre import current_versions
from tests.kpis.oracle_clock import business_seconds, clock_seconds, queue_calendar
from tests.kpis.oracle_events import NOT_OFFERED
from tests.kpis.oracle_issues import fct_issues
from tests.kpis.oracle_resolution import HEADLINE
from tests.kpis.oracle_survival import Observed, kaplan_meier, kappa, median, quantile
from tests.kpis.oracle_targets import resolution_target
from tests.kpis.oracle_visits import visits
from tests.kpis.oracle_world import World, periods

GONE = {"abandoned", "abandoned_ringing", "short_abandon"}
YES, NO = {"yes", "y", "oui", "true", "1"}, {"no", "n", "non", "false", "0"}


def rpt_waits(world: World) -> dict[tuple[str, date, str, str], dict[str, Any]]:
    """Return waits by (week or month, start, company or queue, member).

    `n`, exact `p50`, `p90`, `p95` (Fractions) and `longest` of answered visits, None where n is 0;
    patience: `patience_median` and `patience_points` as `kaplan_meier` gives them, over all visits
    with a known wait, where abandons (short ones included) are the events.
    """
    waits: dict[tuple[str, date, str, str], list[int]] = defaultdict(list)
    patience: dict[tuple[str, date, str, str], list[Observed]] = defaultdict(list)
    for _, leg in visits(world):
        if leg.wait is None or (leg.outcome in NOT_OFFERED and leg.outcome not in GONE):
            continue
        for period, start in periods(leg.day, date.min):
            for scope, member in (("company", "company"), ("queue", leg.queue)):
                if period in ("week", "month"):
                    key = (period, start, scope, member)
                    patience[key].append((leg.wait, leg.outcome in GONE))
                    waits[key] += [leg.wait] if leg.is_answered else []
    found: dict[tuple[str, date, str, str], dict[str, Any]] = {}
    for key, observed in patience.items():
        own, points = waits[key], kaplan_meier(observed)
        row: dict[str, Any] = {"n": len(own), "longest": max(own, default=None)}
        for name, percent in (("p50", 50), ("p90", 90), ("p95", 95)):
            row[name] = quantile(own, Fraction(percent, 100)) if own else None
        found[key] = row | {"patience_median": median(points), "patience_points": points}
    return found


def rpt_resolutions(world: World) -> dict[str, dict[str, Any]]:
    """Return every ticket against its target.

    Seconds to the first and the full resolution and the first reply on all time, on the business
    clock with all schedules and with the last one only (None while open), the target in force on
    the day of creation, `is_in_target` (None while younger or without a target), re-opens.
    """
    found: dict[str, dict[str, Any]] = {}
    for ticket in world.tickets:
        calendar = queue_calendar(world.centre, ticket.queue)
        row: dict[str, Any] = {"reopen_count": len(ticket.reopens()), "is_in_target": None}
        row["worked_reopen_count"] = sum(has_work for _, has_work in ticket.reopens())
        for name, at in (
            ("first_resolution", ticket.first_resolved_at),
            ("full_resolution", ticket.full_resolved_at),
            ("first_reply", ticket.replied_at),
        ):
            span = None if at is None else (ticket.created_at, at)
            row[f"{name}_seconds"] = span and clock_seconds(world.centre, None, "", *span)
            for policy in ("all", "last"):
                seconds = span and business_seconds(*span, [(span[0], calendar)], policy)
                row[f"{name}_business_{policy}_seconds"] = seconds
        members = [("queue", ticket.queue), ("site", ticket.site), ("company", "company")]
        reasons = (ticket.reason, world.centre.issue_reason(ticket.reason))
        target = resolution_target(world.centre, ticket.day, reasons, ticket.priority, members)
        row["target_seconds"] = target and target["threshold_seconds"]
        row["clock_code"] = (target["clock_code"] or "calendar") if target else None
        if target is not None and world.as_of is not None:
            resolved, limit = ticket.first_resolved_at, target["threshold_seconds"]
            until = resolved or world.as_of
            clock = target["clock_code"]
            age = clock_seconds(world.centre, clock, ticket.queue, ticket.created_at, until)
            if resolved is not None or age >= limit:
                row["is_in_target"] = resolved is not None and age <= limit
        found[ticket.ticket_id] = row
    return found


def resolution_agreement(world: World) -> dict[tuple[str, str], tuple[int, Fraction | None]]:
    """Return (issues with both verdicts, kappa) by pair of `behavioural`, `declared`, `survey`.

    Behavioural is FCR within 7 closed days, declared the first contact's last declaration, survey
    the answer to the question `resolved` about the first contact; don't knows are out.
    """
    said = survey_verdicts(world)
    verdicts: list[dict[str, int | None]] = []
    for issue in fct_issues(world):
        at, first = issue.repeat_seconds, issue.first
        is_mature = world.is_closed(first.ended_at, HEADLINE)
        verdicts.append(
            {
                "behavioural": int(at is None or at > HEADLINE) if is_mature else None,
                "declared": None if first.declared is None else int(first.declared),
                "survey": said.get(first.contact_id),
            }
        )
    found: dict[tuple[str, str], tuple[int, Fraction | None]] = {}
    for a, b in (("behavioural", "declared"), ("behavioural", "survey"), ("declared", "survey")):
        pairs = [(v[a], v[b]) for v in verdicts]
        both = [(x, y) for x, y in pairs if x is not None and y is not None]
        found[a, b] = (len(both), kappa(both))
    return found


def survey_verdicts(world: World) -> dict[str, int]:
    """Return 1 (yes) or 0 (no) by contact; of several responses the one with the least id."""
    found: dict[str, int] = {}
    invited = {
        row["invitation_id"]: row["contact_id"]
        for row in current_versions(world.tables.get("survey_invitations", []), ("invitation_id",))
    }
    rows = current_versions(
        world.tables.get("survey_answers", []), ("response_id", "question_code")
    )
    for row in sorted(rows, key=lambda row: row["response_id"]):
        text = (row["answer_text"] or "").strip().lower()
        contact = row["contact_id"] or invited.get(row["invitation_id"])
        if row["question_code"] == "resolved" and contact is not None and text in YES | NO:
            found.setdefault(contact, int(text in YES))
    return found
