"""Facts and reports of selfcare, promotions and sales against the oracle, row by row."""

import pytest

from orchestration.home import Home
from tests.histories.history import seeded_history
from tests.kpis.followed_marts import FOLLOWED_MARTS, expected_rows
from tests.kpis.marts import Rows, built_world, demand_equal
from tests.replay import Replay

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
    tmp_path_factory: pytest.TempPathFactory, replay: Replay
) -> tuple[Home, dict[str, Rows]]:
    """A built centre with cases at the edges of every window, and the oracle's rows."""
    home, history = Home.at(tmp_path_factory.mktemp("followed") / "home"), seeded_history(SEED, 500)
    return home, expected_rows(built_world(home, history, replay, SEED), home)


@pytest.mark.parametrize("name", FOLLOWED_MARTS)
def test_every_row_equals_the_oracles(name: str, centre: tuple[Home, dict[str, Rows]]) -> None:
    home, expected = centre
    demand_equal(home, name, FOLLOWED_MARTS, expected)


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
