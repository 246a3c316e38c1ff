"""The lists that a centre keeps by hand, and what is said of those that cannot be read."""

from pathlib import Path

import pytest

from orchestration.building.lists import list_columns, prepare_lists
from orchestration.errors import TelltaleError
from orchestration.home import Home

SITES = "site_id,site_name,zone_name,is_default\n"
TARGETS = "kpi_id,scope_code,scope_id,reason_code,priority_code,valid_from_date,target,floor,"
TARGETS += "threshold_seconds,clock_code,policy_code\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.at(tmp_path / "home")
    home.lists.mkdir(parents=True)
    return home


def test_missing_lists_are_made_and_good_ones_are_left(home: Home) -> None:
    text = SITES + '\nm,"Main, north",Europe/Paris,true\n"n\nn",North,,\n'
    (home.lists / "sites.csv").write_text(text, "utf-8")
    (home.lists / "kpi_targets.csv").write_text(TARGETS + "k,,,,,2026-01-01,0.8,-1,20,,\n", "utf-8")
    prepare_lists(home)
    prepare_lists(home)
    assert {path.stem for path in home.lists.glob("*.csv")} == set(list_columns())
    assert (home.lists / "sites.csv").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("name", "text", "place", "said"),
    [
        ("sites", SITES + "a,,,\nb,,,\na,,,\n", "line 4, site_id", '"a", as on line 2'),
        ("sites", SITES + '"a\nb",,,\n ,,,\n', "line 4, site_id", "nothing"),
        ("sites", SITES + "a,,Europe/Pariss,\n", "line 2, zone_name", 'mean "Europe/Paris"'),
        ("sites", SITES + "a,,,maybe\n", "line 2, is_default", "true or false"),
        ("sites", SITES + "a,,\n", "line 2", "3 fields"),
        ("sites", SITES.replace(",", ";") + "a;;;\n", "line 1", "with commas"),
        ("sites", SITES.replace("zone_name", "site_id"), "line 1", "twice: site_id"),
        ("sites", SITES + 'a,"b,,\n', "sites.csv", "quotes that are closed"),
        ("sites", SITES + "a,caf\udce9,,\n", "sites.csv", "not UTF-8"),
        ("site", SITES, "site.csv", 'did you mean "sites"'),
        ("kpi_targets", TARGETS + 'k,,,,,,"0,8",,,,\n', "line 2, target", '"0,8"'),
        ("kpi_targets", TARGETS + "k,,,,,,,,1.5,,\n", "line 2, threshold_seconds", "whole"),
        ("kpi_targets", TARGETS + "k,,,,,31/12/2026,,,,,\n", "valid_from_date", "2026-12-31"),
    ],
)
def test_a_wrong_list_is_told_with_its_place(
    home: Home, name: str, text: str, place: str, said: str
) -> None:
    path = home.lists / f"{name}.csv"
    path.write_text(text, "utf-8", errors="surrogateescape")
    with pytest.raises(TelltaleError) as caught:
        prepare_lists(home)
    message = " ".join(str(caught.value).split())
    assert place in message
    assert said in message
    assert "to do: " in message
