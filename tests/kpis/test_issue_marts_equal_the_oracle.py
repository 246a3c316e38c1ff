"""Facts and reports of issues and tickets against the oracle, row by row."""

import pytest

from orchestration.home import Home
from tests.histories.history import History, seeded_history
from tests.kpis.issue_marts import ISSUE_MARTS, expected_rows
from tests.kpis.marts import Rows, built_world, demand_equal
from tests.replay import Replay

LEAST_ROWS = {"rpt_resolution_agreement": 3}
"""So that no comparison is one of nothing; 20 elsewhere."""


@pytest.fixture(scope="module", params=["all that came", "half of it"])
def centre(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    replay: Replay,
) -> tuple[Home, dict[str, Rows]]:
    """A built centre and the oracle's rows of the same deliveries."""
    history = seeded_history(8, 300)
    if request.param == "half of it":
        history = known_half(history)
    home = Home.at(tmp_path_factory.mktemp("issues") / "home")
    return home, expected_rows(built_world(home, history, replay), home)


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


@pytest.mark.parametrize("name", ISSUE_MARTS)
def test_every_row_equals_the_oracles(name: str, centre: tuple[Home, dict[str, Rows]]) -> None:
    home, expected = centre
    demand_equal(home, name, ISSUE_MARTS, expected, LEAST_ROWS.get(name, 20))
