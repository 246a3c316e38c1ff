"""Facts and reports of selfcare, promotions and sales against the oracle, row by row."""

from collections.abc import Callable
from typing import Any

import pytest

from orchestration.home import Home
from tests.kpis.deliver import landed_history, write_history
from tests.kpis.followed_marts import FOLLOWED_MARTS, expected_rows
from tests.kpis.histories import seeded_history
from tests.kpis.marts import Rows, built_rows, differences
from tests.kpis.oracle_world import judged_world

SEED = 4
SAID = {
    ("fct_selfcare_sessions", "is_resolved"): {True, False, None},
    ("fct_selfcare_sessions", "is_off_hours"): {True, False, None},
    ("fct_selfcare_transfers", "is_started"): {True, False, None},
    ("fct_selfcare_transfers", "is_successful"): {True, False, None},
    ("fct_channel_promotions", "is_adopted"): {True, False, None},
    ("fct_channel_promotions", "is_promoted"): {True, False},
    ("fct_sales", "is_inferred"): {True, False},
    ("fct_sales", "is_orphan"): {True, False},
    ("rpt_digital_customers", "reason_code"): {None, "no_customer_or_channel"},
}
"""So that no comparison is one of nothing: what a column must say at least once."""


@pytest.fixture(scope="module")
def centre(
    tmp_path_factory: pytest.TempPathFactory, run_home: Callable[..., Any]
) -> tuple[Home, dict[str, Rows]]:
    """A built centre with cases at the edges of every window, and the oracle's rows."""
    home, history = Home.at(tmp_path_factory.mktemp("followed") / "home"), seeded_history(SEED, 500)
    write_history(home, history, SEED)
    # Builds are told whole seconds.
    as_of = history.as_of and history.as_of.replace(microsecond=0)
    run_home(home, as_of=as_of and as_of.isoformat(sep=" "))
    known = landed_history(home, history)
    world = judged_world(known.tables, known.lists, known.zone, known.site, as_of)
    return home, expected_rows(world, home)


@pytest.mark.parametrize("name", FOLLOWED_MARTS)
def test_every_row_equals_the_oracles(name: str, centre: tuple[Home, dict[str, Rows]]) -> None:
    home, expected = centre
    assert len(expected[name]) >= 20
    found = built_rows(home, name, FOLLOWED_MARTS[name])
    said = differences(name, FOLLOWED_MARTS[name], expected[name], found)
    assert not said, "\n".join(said[:20])


@pytest.mark.parametrize(("name", "column"), SAID)
def test_a_column_says_all_that_it_can(
    name: str, column: str, centre: tuple[Home, dict[str, Rows]]
) -> None:
    _, expected = centre
    assert {row[column] for row in expected[name].values()} >= SAID[name, column]


def test_a_lift_and_both_mixes_are_compared(centre: tuple[Home, dict[str, Rows]]) -> None:
    _, expected = centre
    lifts = [row["lift_gap"] for row in expected["rpt_channel_promotions"].values()]
    assert any(lift is not None and 0 < abs(lift) < 1 for lift in lifts)
    assert {mix for mix, *_ in expected["rpt_channel_mixes"]} == {"first", "resolving"}
