"""What no published figure may depend on: order, weeks, names, how often, the host's clock."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from orchestration.home import Home
from tests.histories.history import History, seeded_history
from tests.histories.rows import KEYS, Row, hashed
from tests.kpis.deliver import built_kpi_values, write_history
from tests.oracle.centre.centre import current_versions
from tests.oracle.kpi_values import Key
from tests.replay import Replay

Values = dict[Key, dict[str, Any]]
PEOPLE = {"agent_id", "sent_by_agent_id"}
THINGS = {
    "contact_id", "callback_of_contact_id", "sent_by_contact_id", "customer_id", "session_id",
    "sale_id", "ticket_id", "invitation_id", "response_id",
}  # fmt: skip
FIGURES = ("numerator", "denominator", "value", "low", "high", "reason_code", "suppression_code")


@pytest.fixture(scope="module")
def history() -> History:
    """One version of every key and no totals of a switch: rewritten rows have other hashes, which
    decide between versions of one key, and doubled calls are not those that the switch counted."""
    found = seeded_history(21, 220)
    tables = {
        name: current_versions(rows, KEYS[name])
        for name, rows in found.tables.items()
        if name != "control_totals"
    }
    zones = {
        name: [row | ({"zone_name": "UTC"} if "zone_name" in row else {}) for row in rows]
        for name, rows in found.lists.items()
    }
    return replace(found, tables=tables, lists=zones, zone="UTC")


@pytest.fixture(scope="module")
def values(history: History, tmp_path_factory: pytest.TempPathFactory, replay: Replay) -> Values:
    """The KPIs of the history as it is."""
    return built(history, tmp_path_factory.mktemp("base"), replay)


def built(history: History, folder: Path, replay: Replay, parts: int = 1, **files: int) -> Values:
    """`kpi_values` of a new home with a history; `parts` and `files` say how its rows are dealt."""
    home = Home.at(folder / "home")
    write_history(home, history, parts=parts, **files)
    replay.run(home, history.as_of_text)
    return built_kpi_values(home)


def rewritten(history: History, change: Callable[[str, Any], Any]) -> History:
    """The history with `change(column, value)` in place of every value."""
    tables, lists = (
        {
            name: [{key: change(key, value) for key, value in row.items()} for row in rows]
            for name, rows in part.items()
        }
        for part in (history.tables, history.lists)
    )
    tables = {name: [hashed(row) for row in rows] for name, rows in tables.items()}
    return replace(history, tables=tables, lists=lists, as_of=change("as_of", history.as_of))


def figures(values: Values) -> dict[Key, tuple[Any, ...]]:
    """What is shown of every KPI."""
    return {key: tuple(row[name] for name in FIGURES) for key, row in values.items()}


def test_rows_may_come_in_any_order_and_in_other_files(
    history: History, values: Values, tmp_path: Path, replay: Replay
) -> None:
    assert built(history, tmp_path, replay, seed=8, parts=3) == values


@pytest.mark.soak
def test_the_hosts_zone_is_nowhere(
    history: History,
    values: Values,
    tmp_path: Path,
    replay: Replay,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "America/St_Johns")
    time.tzset()
    try:
        assert built(history, tmp_path, replay) == values
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.soak
def test_a_week_later_is_the_same_a_week_later(
    history: History, values: Values, tmp_path: Path, replay: Replay
) -> None:
    week = timedelta(weeks=1)

    def later(_: str, value: Any) -> Any:
        return value + week if isinstance(value, (date, datetime)) else value

    found = {
        (kpi, period, start - week, scope, member): row
        for (kpi, period, start, scope, member), row in figures(
            built(rewritten(history, later), tmp_path, replay)
        ).items()
        if period in ("day", "week")
    }
    assert found == {key: row for key, row in figures(values).items() if key[1] in ("day", "week")}


@pytest.mark.soak
def test_agents_may_have_other_names(
    history: History, values: Values, tmp_path: Path, replay: Replay
) -> None:
    def renamed(column: str, value: Any) -> Any:
        return f"x{value[::-1]}" if column in PEOPLE and value is not None else value

    assert figures(built(rewritten(history, renamed), tmp_path, replay)) == figures(values)


def test_everything_twice_has_twice_the_sums_and_the_same_values(
    history: History, values: Values, tmp_path: Path, replay: Replay
) -> None:
    # Before the name: contacts of one instant stay in the order of their names.
    def other(column: str, value: Any) -> Any:
        return f"again_{value}" if column in PEOPLE | THINGS and value is not None else value

    again = rewritten(history, other)
    both = {name: [*rows, *again.tables[name]] for name, rows in history.tables.items()}
    found = built(replace(history, tables=both), tmp_path, replay)
    assert found.keys() == values.keys()
    different: list[tuple[Key, Row, Row]] = []
    for key, row in values.items():
        twice = found[key]
        if row["suppression_code"] or twice["suppression_code"]:
            continue
        sums = [(row[name], twice[name]) for name in ("numerator", "denominator")]
        is_twice = all(Decimal(one) * 2 == Decimal(two) for one, two in sums)
        is_same = row["value"] == twice["value"] and row["reason_code"] == twice["reason_code"]
        if not (is_twice and is_same):
            different.append((key, row, twice))
    assert not different, different[:3]
