"""The dbt unit tests, run on the relations of a built home."""

from pathlib import Path
from typing import Any

import pytest

from orchestration.home import PROJECT_ROOT, Home
from tests.compiled import run_dbt
from tests.histories.history import seeded_history
from tests.kpis.deliver import write_history
from tests.replay import Replay

ROOMS = ("models/intermediate", "models/marts", "models/staging")


@pytest.mark.parametrize("room", ROOMS)
def test_every_unit_test_passes(room: str, tmp_path: Path, replay: Replay) -> None:
    home = Home.at(tmp_path / "home")
    write_history(home, seeded_history(3, 40), parts=1)
    replay.run(home)
    chosen = f"test_type:unit,path:{room}"
    outcome = run_dbt(home, "test", "--select", chosen, manifest=replay.manifest)
    ran: list[Any] = list(getattr(outcome.result, "results", []))
    results = [result for result in ran if result.node.resource_type == "unit_test"]
    failed = [f"{r.node.name}: {r.message}" for r in results if r.status != "pass"]
    assert outcome.success and not failed, "\n".join(failed)
    assert results


def test_no_other_room_has_a_unit_test() -> None:
    others = [
        path.as_posix()
        for path in (PROJECT_ROOT / "models").rglob("*.yml")
        if "\nunit_tests:" in path.read_text("utf-8")
        and not path.relative_to(PROJECT_ROOT).as_posix().startswith(ROOMS)
    ]
    assert others == []
