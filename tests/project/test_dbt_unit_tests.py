"""The dbt unit tests, run on the relations of a built home."""

from pathlib import Path
from typing import Any

from orchestration.home import Home
from tests.compiled import run_dbt
from tests.histories.history import seeded_history
from tests.kpis.deliver import write_history
from tests.replay import Replay


def test_every_unit_test_passes(tmp_path: Path, replay: Replay) -> None:
    home = Home.at(tmp_path / "home")
    write_history(home, seeded_history(3, 40), parts=1)
    replay.run(home)
    outcome = run_dbt(home, "test", "--select", "test_type:unit", manifest=replay.manifest)
    ran: list[Any] = list(getattr(outcome.result, "results", []))
    results = [result for result in ran if result.node.resource_type == "unit_test"]
    failed = [f"{r.node.name}: {r.message}" for r in results if r.status != "pass"]
    assert outcome.success and not failed, "\n".join(failed)
    assert len(results) >= 7
