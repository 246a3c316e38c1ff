"""Facts and reports of visits, workload and presence against the oracle, row by row."""

import pytest

from orchestration.home import Home
from tests.histories.recent import recent_history
from tests.kpis.marts import Rows, built_world, demand_equal
from tests.kpis.visit_marts import VISIT_MARTS, expected_rows
from tests.replay import Replay

SEED = 5
LEAST_ROWS = {"rpt_workloads": 100, "fct_contact_legs": 400, "rpt_turnover": 2}
"""So that no comparison is one of nothing; 20 elsewhere."""


@pytest.fixture(scope="module")
def centre(
    tmp_path_factory: pytest.TempPathFactory, replay: Replay
) -> tuple[Home, dict[str, Rows]]:
    """A built centre whose data end a few days after the last usual contact, and its rows."""
    home, history = Home.at(tmp_path_factory.mktemp("visits") / "home"), recent_history(SEED, 250)
    return home, expected_rows(built_world(home, history, replay, SEED), home)


@pytest.mark.parametrize("name", VISIT_MARTS)
def test_every_row_equals_the_oracles(name: str, centre: tuple[Home, dict[str, Rows]]) -> None:
    home, expected = centre
    demand_equal(home, name, VISIT_MARTS, expected, LEAST_ROWS.get(name, 20))
