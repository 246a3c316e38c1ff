"""Where a simulation may write."""

from pathlib import Path

import pytest

from orchestration.errors import TelltaleError
from orchestration.home import Home
from simulation import simulate


def test_made_up_figures_never_join_real_ones(tmp_path: Path) -> None:
    home = Home.at(tmp_path)
    folder = home.deliveries / "call_list" / "calls"
    folder.mkdir(parents=True)
    (folder / "ours.csv").write_text("call_id\n1\n", "utf-8")
    with pytest.raises(TelltaleError, match="of its own"):
        simulate(home, contacts=100, weeks=1, seed=1)
    assert not (home.deliveries / "standard").exists()
