"""The same arguments give the same bytes; nothing that exists is overwritten."""

import time
from pathlib import Path
from typing import Any

import pytest

from orchestration.errors import TelltaleError
from orchestration.home import Home
from simulation import simulate
from simulation.write.files import fingerprints


def test_equal_arguments_give_equal_bytes(
    centre: Home, truth: dict[str, Any], tmp_path: Path
) -> None:
    other = Home.at(tmp_path)
    simulate(other, **truth["arguments"])
    assert fingerprints(other.root) == fingerprints(centre.root)


def test_another_seed_gives_other_bytes(tmp_path: Path) -> None:
    homes = [Home.at(tmp_path / str(seed)) for seed in (1, 2)]
    for seed, home in enumerate(homes):
        simulate(home, 300, 2, seed)
    assert fingerprints(homes[0].deliveries) != fingerprints(homes[1].deliveries)


def test_a_second_call_changes_nothing(tmp_path: Path) -> None:
    home = Home.at(tmp_path)
    simulate(home, 300, 2, 1)
    files = {path: path.stat().st_mtime_ns for path in home.root.rglob("*") if path.is_file()}
    told: list[str] = []
    assert simulate(home, 300, 2, 1, told.append) == home.root / "truth.json"
    assert {p: p.stat().st_mtime_ns for p in home.root.rglob("*") if p.is_file()} == files
    assert told == []


def test_other_arguments_are_refused(tmp_path: Path) -> None:
    home = Home.at(tmp_path)
    simulate(home, 300, 2, 1)
    before = fingerprints(home.root)
    with pytest.raises(TelltaleError, match="seed 1, not contacts 300, weeks 2, seed 2"):
        simulate(home, 300, 2, 2)
    assert fingerprints(home.root) == before


def test_a_changed_delivery_is_named(tmp_path: Path) -> None:
    home = Home.at(tmp_path)
    simulate(home, 300, 2, 1)
    with (home.deliveries / "standard" / "agents" / "agents.csv").open("a") as file:
        file.write("\n")
    with pytest.raises(TelltaleError, match=r"agents/agents\.csv"):
        simulate(home, 300, 2, 1)


def test_foreign_deliveries_are_left_alone(tmp_path: Path) -> None:
    home = Home.at(tmp_path)
    file = home.deliveries / "standard" / "contact_legs" / "mine.csv"
    file.parent.mkdir(parents=True)
    file.write_text("contact_id\n1\n")
    with pytest.raises(TelltaleError, match="no simulation wrote"):
        simulate(home, 300, 2, 1)
    assert file.read_text() == "contact_id\n1\n"
    assert not home.lists.exists()


def test_lists_and_settings_of_a_person_stay(tmp_path: Path) -> None:
    home = Home.at(tmp_path)
    home.lists.mkdir(parents=True)
    sites = "site_id,site_name,zone_name,is_default\nmine,Mine,,\n"
    (home.lists / "sites.csv").write_text(sites)
    home.settings_file.write_text('[home]\nsite = "mine"\n')
    simulate(home, 300, 2, 1)
    assert (home.lists / "sites.csv").read_text() == sites
    assert home.settings_file.read_text() == '[home]\nsite = "mine"\n'
    assert (home.lists / "teams.csv").exists()


@pytest.mark.parametrize(
    ("contacts", "weeks", "seed"), [(0, 1, 1), (1, 0, 1), (1, 1, -1), (1, 521, 1)]
)
def test_arguments_out_of_range_are_refused(
    tmp_path: Path, contacts: int, weeks: int, seed: int
) -> None:
    with pytest.raises(TelltaleError, match="must be a whole number from"):
        simulate(Home.at(tmp_path), contacts, weeks, seed)


@pytest.mark.parametrize(("contacts", "weeks"), [(1, 1), (7, 1), (60, 3), (500, 60)])
def test_the_smallest_centres_exist(tmp_path: Path, contacts: int, weeks: int) -> None:
    simulate(Home.at(tmp_path), contacts, weeks, 3)
    assert (tmp_path / "truth.json").exists()


def test_a_large_centre_is_quick(tmp_path: Path) -> None:
    started = time.process_time()
    simulate(Home.at(tmp_path), 200_000, 26, 1)
    assert time.process_time() - started < 20
