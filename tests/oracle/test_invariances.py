"""What no figure of the oracle may depend on, and what its reports must agree on."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given, settings

from tests.histories.history import History, histories, seeded_history
from tests.histories.rows import Row
from tests.oracle.followed.facts import fct_sales
from tests.oracle.issues.agreement import rpt_resolution_agreement
from tests.oracle.issues.issues import fct_issues
from tests.oracle.issues.reports import rpt_backlogs, rpt_journeys, rpt_resolutions
from tests.oracle.issues.resolution import rpt_resolution_curves
from tests.oracle.kpi_values import kpi_values
from tests.oracle.kpis import KPIS
from tests.oracle.presence.agent_days import busy_seconds, effective_handle_seconds
from tests.oracle.tickets.events import fct_tickets
from tests.oracle.visits.queue_intervals import OUTCOMES, agg_queue_intervals
from tests.oracle.visits.reconciliation import rpt_reconciliations
from tests.oracle.visits.reports import rpt_waits
from tests.oracle.visits.service import is_replied, rpt_service_levels
from tests.oracle.world import DAY, World, judged_world


def judged(history: History) -> World:
    """The judged world of a history."""
    return judged_world(history.tables, history.lists, history.zone, history.site, history.as_of)


def moved(rows: list[Row], weeks: int, zone: str | None = None) -> list[Row]:
    """Rows with every instant and day so many weeks later, and every zone that one."""
    span = timedelta(weeks=weeks)
    found: list[Row] = []
    for row in rows:
        later = {k: v + span if isinstance(v, (date, datetime)) else v for k, v in row.items()}
        found.append(later | ({"zone_name": zone} if "zone_name" in row else {}))
    return found


@settings(max_examples=25, deadline=None)
@given(histories())
def test_whole_weeks_move_days_and_weeks(history: History) -> None:
    found: list[dict[Any, Row]] = []
    for weeks in (0, 5):
        tables = {name: moved(rows, weeks) for name, rows in history.tables.items()}
        lists = {name: moved(rows, weeks, "UTC") for name, rows in history.lists.items()}
        as_of = history.as_of and history.as_of + timedelta(weeks=weeks)
        rows = kpi_values(tables, lists, "UTC", history.site, as_of)
        found.append(
            {
                (kpi, period, start - timedelta(weeks=weeks), scope, member): row
                for (kpi, period, start, scope, member), row in rows.items()
                if period in ("day", "week")
            }
        )
    assert found[0] == found[1]


@settings(max_examples=25, deadline=None)
@given(histories())
def test_reports_agree_with_the_kpis(history: History) -> None:
    world = judged(history)
    rows = kpi_values(history.tables, history.lists, history.zone, history.site, history.as_of)
    total = {k[0]: row for k, row in rows.items() if (k[1], k[3]) == ("all", "company")}
    cells = list(agg_queue_intervals(world).values())
    offered = sum(cell["offered_count"] for cell in cells)
    eligible = total["answer_rate"]["eligible_count"]
    assert offered + sum(cell["lost_record_count"] for cell in cells) == eligible
    found = [
        leg
        for legs in world.legs.values()
        for leg in legs
        if leg.is_demand and leg.has_queue and leg.outcome in OUTCOMES
    ]
    visits = Counter(leg.outcome for leg in found)
    for outcome in OUTCOMES:  # every visit has exactly one outcome
        assert sum(cell[f"{outcome}_count"] for cell in cells) == visits[outcome]
    levels = rpt_service_levels(world)
    assert all(0 <= row["numerator"] <= row["denominator"] for row in levels.values())
    answered = sum(row["a"] for (_, _, policy), row in levels.items() if policy == "SL_NEG")
    assert answered == visits["answered"] + sum(map(is_replied, found))


@settings(max_examples=25, deadline=None)
@given(histories())
def test_facts_hold_together(history: History) -> None:
    world = judged(history)
    for any_reason in (False, True):
        issues = fct_issues(world, any_reason)
        named = [contact.contact_id for issue in issues for contact in issue.contacts]
        assert len(named) == len(set(named))
        assert all(issue.first.handled for issue in issues)
    for cell in rpt_resolution_curves(world).values():
        for found in cell.values():
            assert found["resolved_count"] <= found["mature_count"]
    for row in rpt_waits(world).values():
        assert row["n"] == 0 or row["p50"] <= row["p90"] <= row["p95"] <= row["longest"]
    whole = sum(leg.handle or 0 for legs in world.legs.values() for leg in legs if leg.agent)
    assert sum(seconds or 0 for seconds in busy_seconds(world).values()) <= whole
    assert sum(effective_handle_seconds(world).values()) <= whole
    assert len(fct_sales(world)) == len({row["sale_id"] for row in history.tables["sales"]})
    assert len(fct_tickets(world)) == len(world.tickets)
    journeys = rpt_journeys(world)
    counted = sum(row["issue_count"] for key, row in journeys.items() if key[0] == "month")
    assert counted == len(fct_issues(world))
    if world.as_of is not None:
        for row in rpt_resolutions(world).values():
            assert row["unit_count"] == row["ended_count"] + row["open_count"]
        backlogs = rpt_backlogs(world)
        assert all(row["open_count"] >= 0 for row in backlogs.values())


def test_a_large_history_has_rows_of_every_kpi_and_edges_of_every_window() -> None:
    history = seeded_history(2, 500)
    world = judged(history)
    rows = kpi_values(history.tables, history.lists, history.zone, history.site, history.as_of)
    company = {k[0]: row for k, row in rows.items() if (k[1], k[3]) == ("all", "company")}
    assert company.keys() == KPIS.keys()
    assert all(row["denominator"] > 0 for row in company.values())
    worlds = [judged(seeded_history(seed, 500)) for seed in range(3, 6)]
    gaps = {issue.repeat_seconds for found in worlds for issue in fct_issues(found)}
    assert {-100, 0, 7 * DAY, 7 * DAY + 1, 30 * DAY} <= gaps
    assert {key[2].month for key in rows if key[0] == "repeat_rate"} > {3}
    assert rpt_reconciliations(world)
    assert len({pair for _, _, pair in rpt_resolution_agreement(world)}) == 3
    assert set(company["answer_rate"]) >= {"squares", "eligible_count", "open_window_count"}
