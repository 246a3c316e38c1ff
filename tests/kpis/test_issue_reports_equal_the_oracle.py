"""Every figure of the facts and reports of issues and tickets against the independent oracle."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import duckdb
import pytest

from orchestration.home import Home
from tests.kpis.deliver import landed_history, write_history
from tests.kpis.histories import History, seeded_history
from tests.kpis.oracle_agreement import rpt_resolution_agreement
from tests.kpis.oracle_centre import UNASSIGNED
from tests.kpis.oracle_issue_reports import rpt_backlogs, rpt_journeys, rpt_resolutions
from tests.kpis.oracle_issues import fct_issues
from tests.kpis.oracle_resolution import rpt_resolution_curves
from tests.kpis.oracle_ticket_events import fct_tickets
from tests.kpis.oracle_world import DAY, World, judged_world, seconds_from
from tests.kpis.test_kpis_equal_the_oracle import is_close

Rows = Mapping[Any, Mapping[str, Any]]
PERIOD = ("period_code", "period_start_date")
SCOPE = (*PERIOD, "scope_code", "scope_id")


@pytest.fixture(scope="module", params=["all that came", "half of it"])
def built(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    run_home: Callable[..., Any],
) -> tuple[World, Home]:
    """A built home and the oracle's world of the same deliveries."""
    history = seeded_history(8, 300)
    if request.param == "half of it":
        history = known_half(history)
    home = Home.at(tmp_path_factory.mktemp("issues") / "home")
    write_history(home, history)
    as_of = history.as_of and history.as_of.replace(microsecond=0)
    run_home(home, as_of=as_of and as_of.isoformat(sep=" "))
    known = landed_history(home, history)
    return judged_world(known.tables, known.lists, known.zone, known.site, as_of), home


def known_half(history: History) -> History:
    """What was known when half of the contacts were over: most windows are still open then."""
    ends = [row["ended_at"] for row in history.tables["contact_legs"] if row["ended_at"]]
    as_of = sorted(ends)[len(ends) // 2].replace(microsecond=0)
    tables = {
        name: [
            row
            for row in rows
            if all(at <= as_of for column, at in row.items() if column.endswith("_at") and at)
        ]
        for name, rows in history.tables.items()
    }
    return History(tables, history.lists, history.zone, history.site, as_of)


def test_issues(built: tuple[World, Home]) -> None:
    world, home = built
    found = mart(home, "fct_issues", ("contact_id",), "is_followed")
    demand_equal(expected_issues(world), found)


def test_issues_of_any_reason(built: tuple[World, Home]) -> None:
    world, home = built
    found = mart(home, "fct_customer_issues", ("contact_id",))
    expected = {
        (issue.first.contact_id,): {
            "entered_date": issue.day,
            "first_ended_at": issue.first.ended_at,
        }
        | {"until_repeat_seconds": issue.repeat_seconds}
        for issue in fct_issues(world, any_reason=True)
    }
    demand_equal(expected, found)


def test_tickets(built: tuple[World, Home]) -> None:
    world, home = built
    expected = fct_tickets(world)
    for ticket in world.tickets:
        keys = {"entered_date": ticket.day, "site_id": ticket.site, "queue_id": ticket.queue}
        keys |= {"channel_code": ticket.keys["channel"], "reason_code": ticket.keys["reason"]}
        named = {name: None if key == UNASSIGNED else key for name, key in keys.items()}
        row = expected[ticket.ticket_id] | named
        expected[ticket.ticket_id] = {k: v for k, v in row.items() if k in TICKET_COLUMNS}
    found = mart(home, "fct_tickets", ("ticket_id",))
    demand_equal({(name,): row for name, row in expected.items()}, found)


def test_resolution_curves(built: tuple[World, Home]) -> None:
    world, home = built
    expected = {
        (*period, *member, days * DAY): cell
        for (*period, member), curve in rpt_resolution_curves(world).items()
        for days, cell in curve.items()
    }
    found = mart(home, "rpt_resolution_curves", (*SCOPE, "window_seconds"))
    demand_equal(expected, found, is_whole=True)


def test_journeys(built: tuple[World, Home]) -> None:
    world, home = built
    expected = {(*key[:2], *key[2]): row for key, row in rpt_journeys(world).items()}
    found = mart(home, "rpt_journeys", (*PERIOD, "reason_code", "path_name"))
    demand_equal(expected, found, is_whole=True)


def test_resolutions(built: tuple[World, Home]) -> None:
    world, home = built
    expected = {(*key[:2], *key[2]): row for key, row in rpt_resolutions(world).items()}
    found = mart(home, "rpt_resolutions", (*SCOPE, "unit_code", "measured_code"))
    demand_equal(expected, found, is_whole=True)


def test_backlogs(built: tuple[World, Home]) -> None:
    world, home = built
    found = mart(home, "rpt_backlogs", ("backlog_date", "scope_code", "scope_id"))
    demand_equal(rpt_backlogs(world), found, is_whole=True)


def test_agreement(built: tuple[World, Home]) -> None:
    world, home = built
    found = mart(home, "rpt_resolution_agreement", (*PERIOD, "pair_code"))
    demand_equal(rpt_resolution_agreement(world), found, is_whole=True)


TICKET_COLUMNS = {
    "entered_date",
    "site_id",
    "queue_id",
    "channel_code",
    "reason_code",
    "is_solved",
    "reopened_count",
    "worked_reopening_count",
    "first_reply_seconds",
    "first_reply_open_seconds",
    "resolution_seconds",
    "resolution_open_seconds",
    "full_resolution_seconds",
    "target_seconds",
    "clock_code",
    "is_in_target",
    "is_undecidable",
}


def expected_issues(world: World) -> dict[Any, dict[str, Any]]:
    """The oracle's issues of known customers and reasons, by the id of their first contact."""
    found: dict[Any, dict[str, Any]] = {}
    for issue in fct_issues(world):
        keys = {"entered_date": issue.day, "site_id": issue.keys["site"]}
        keys |= {"queue_id": issue.keys["queue"], "channel_code": issue.keys["channel"]}
        keys |= {"reason_code": issue.reason, "resolving_channel_code": issue.resolving_channel}
        found[issue.first.contact_id,] = {
            name: None if key == UNASSIGNED else key for name, key in keys.items()
        } | {
            "path_name": " > ".join(channel for _, _, channel in issue.path),
            "is_declared_resolved": issue.contacts[-1].declared,
            "ended_at": issue.ended_at,
            "contact_count": len(issue.asking),
            "reopening_count": len(issue.reopened_at),
            "repeat_count": issue.repeat_count,
            "switch_count": issue.switch_count,
            "issue_seconds": seconds_from(issue.first.started_at, issue.ended_at),
            "until_repeat_seconds": issue.repeat_seconds,
            "is_closed": issue.is_closed(world),
        }
    return found


def mart(
    home: Home, name: str, keys: tuple[str, ...], condition: str = "true"
) -> dict[Any, dict[str, Any]]:
    """The rows of a mart of the private warehouse by their key, the other columns by name."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        result = connection.execute(f"select * from marts.{name} where {condition}")
        columns = [column[0] for column in result.description or []]
        rows = [dict(zip(columns, values, strict=True)) for values in result.fetchall()]
    found = {tuple(row[key] for key in keys): row for row in rows}
    assert len(found) == len(rows)
    return {
        key: {column: value for column, value in row.items() if column not in keys}
        for key, row in found.items()
    }


def demand_equal(expected: Rows, found: Rows, is_whole: bool = False) -> None:
    """Every expected row and column is found, and no other row; `is_whole`: no other column."""
    said = [f"missing {key}: {expected[key]}" for key in expected.keys() - found.keys()]
    said += [f"unexpected {key}: {found[key]}" for key in found.keys() - expected.keys()]
    for key in expected.keys() & found.keys():
        if is_whole and expected[key].keys() != found[key].keys():
            said.append(f"{key} columns: {expected[key].keys() ^ found[key].keys()}")
        for column, wanted in expected[key].items():
            got = found[key].get(column)
            wanted = float(wanted) if isinstance(wanted, Fraction) else wanted
            if column == "until_repeat_seconds" and got is not None:
                got = max(got, 0)
            is_number = isinstance(got, (int, float)) and not isinstance(got, bool)
            if not (is_close(wanted, got, 1e-9) if is_number else wanted == got):
                said.append(f"{key} {column}: {wanted} but {got}")
    assert expected and not said, "\n".join(sorted(said)[:20])
