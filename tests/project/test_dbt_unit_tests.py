"""The dbt unit tests, run on the relations of a built home."""

from pathlib import Path

from orchestration.home import Home
from tests.compiled import passed_unit_tests
from tests.histories.history import seeded_history
from tests.kpis.deliver import write_history
from tests.replay import Replay


def test_every_unit_test_passes(tmp_path: Path, replay: Replay) -> None:
    home = Home.at(tmp_path / "home")
    write_history(home, seeded_history(3, 40), parts=1)
    replay.run(home)
    assert len(passed_unit_tests(home, replay.manifest)) >= 7
