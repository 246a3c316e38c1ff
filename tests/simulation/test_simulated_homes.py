"""Where a simulation may write."""

from pathlib import Path

import pytest

from orchestration.building.lists import list_columns
from orchestration.building.warehouse import prepare_home
from orchestration.errors import TelltaleError
from orchestration.home import Home
from orchestration.templates import write_templates
from simulation import simulate


def test_made_up_figures_never_join_real_ones(tmp_path: Path) -> None:
    home = Home.at(tmp_path)
    folder = home.deliveries / "call_list" / "calls"
    folder.mkdir(parents=True)
    (folder / "ours.csv").write_text("call_id\n1\n", "utf-8")
    with pytest.raises(TelltaleError, match="of its own"):
        simulate(home, contacts=100, weeks=1, seed=1)
    assert not (home.deliveries / "standard").exists()


def test_a_home_that_was_set_up_gets_the_lists_of_the_simulation(tmp_path: Path) -> None:
    made, bare = Home.at(tmp_path / "made"), Home.at(tmp_path / "bare")
    prepare_home(made)
    write_templates(made)
    sites = list_columns()["sites"]
    own = ",".join(sites) + "\nours" + "," * (len(sites) - 1) + "\n"
    (made.lists / "sites.csv").write_text(own, "utf-8")
    for home in (made, bare):
        simulate(home, contacts=100, weeks=1, seed=1)
    for path in bare.lists.glob("*.csv"):
        expected = own if path.stem == "sites" else path.read_text("utf-8")
        assert (made.lists / path.name).read_text("utf-8") == expected, path.name
    assert made.settings_file.read_bytes() == bare.settings_file.read_bytes()
