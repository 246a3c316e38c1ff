"""The lists that a centre keeps by hand, and what is said of those that cannot be read."""

import csv
from pathlib import Path

import pytest

from orchestration.building.lists import check_lists, list_columns
from orchestration.building.warehouse import prepare_home
from orchestration.errors import TelltaleError
from orchestration.home import Home
from orchestration.settings import Settings, read_settings
from orchestration.templates import SETTINGS, write_templates

SITES = "site_id,site_name,zone_name,is_default\n"
TARGETS = "kpi_id,scope_code,scope_id,reason_code,priority_code,valid_from_date,target,floor,"
TARGETS += "threshold_seconds,clock_code,policy_code\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.at(tmp_path / "home")
    home.lists.mkdir(parents=True)
    return home


def test_lists_are_copied_for_the_build_and_none_is_written_in_the_home(home: Home) -> None:
    text = SITES + '\nm,"Main, north",Europe/Paris,true\n"n\nn",North,,\n'
    (home.lists / "sites.csv").write_text(text, "utf-8")
    (home.lists / "kpi_targets.csv").write_text(TARGETS + "k,,,,,2026-01-01,0.8,-1,20,,\n", "utf-8")
    check_lists(home)
    check_lists(home)
    assert {path.stem for path in home.lists.glob("*")} == {"sites", "kpi_targets"}
    assert (home.lists / "sites.csv").read_text("utf-8") == text
    copies = home.state / "lists"
    assert {path.name for path in copies.glob("*")} == {f"{one}.csv" for one in list_columns()}
    rows = list(csv.reader((copies / "sites.csv").open(encoding="utf-8", newline="")))
    assert rows[1:] == [["m", "Main, north", "Europe/Paris", "true"], ["n\nn", "North", "", ""]]
    assert (copies / "teams.csv").read_text("utf-8") == "team_id,team_name,site_id\n"


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_a_list_may_come_from_any_spreadsheet(home: Home, mark: str) -> None:
    text = "\ufeff" + SITES.replace(",", mark) + mark.join(["m", "Nord", "", "oui"]) + "\r\n"
    (home.lists / "sites.csv").write_text(text, "utf-8")
    check_lists(home)
    copy = (home.state / "lists" / "sites.csv").read_text("utf-8")
    assert copy.split("\n")[1] == "m,Nord,,true"


def test_habits_of_a_spreadsheet_are_settings_of_the_lists(home: Home) -> None:
    home.settings_file.write_text(
        '[sources.lists]\nencoding = "cp1252"\ndecimal_mark = ","\ndate_order = "dmy"\n'
    )
    line = "k;;été;;;01/02/2026;0,8;;20;;\n"
    (home.lists / "kpi_targets.csv").write_bytes(
        (TARGETS.replace(",", ";") + line).encode("cp1252")
    )
    check_lists(home)
    copy = (home.state / "lists" / "kpi_targets.csv").read_text("utf-8")
    assert copy.split("\n")[1] == "k,,été,,,2026-02-01,0.8,,20,,"


def test_templates_are_written_where_nothing_is(home: Home) -> None:
    text = SITES + "m,Main,,\n"
    (home.lists / "sites.csv").write_text(text, "utf-8")
    written = write_templates(home)
    assert home.lists / "sites.csv" not in written and len(written) == len(list_columns())
    assert (home.lists / "sites.csv").read_text("utf-8") == text
    assert (home.lists / "kpi_targets.csv").read_text("utf-8") == TARGETS
    prepare_home(home)
    assert read_settings(home) == Settings()
    shown = SETTINGS.replace("# [", "[").replace("# talk", "talk").replace("# is_", "is_")
    home.settings_file.write_text(shown.replace("# date", "date"), "utf-8")
    source = read_settings(home).source("call_list")
    assert (source.date_order, source.constants) == ("dmy", {"is_answered": "true"})
    assert write_templates(home) == []


@pytest.mark.parametrize(
    ("name", "text", "place", "said"),
    [
        ("sites", SITES + "a,,,\nb,,,\na,,,\n", "line 4, site_id", '"a", as on line 2'),
        ("sites", SITES + '"a\nb",,,\n ,,,\n', "line 4, site_id", "found: nothing"),
        ("sites", SITES + "a,,Europe/Pariss,\n", "line 2, zone_name", 'mean "Europe/Paris"'),
        ("sites", SITES + "a,,,maybe\n", "line 2, is_default", "yes or no"),
        ("sites", SITES + "a,,\n", "line 2", "3 fields"),
        ("sites", SITES.replace("zone_name", "zone"), "sites.csv", "missing: zone_name; unknown"),
        ("sites", SITES.replace("zone_name", "site_id"), "sites.csv", '"site_id" twice'),
        ("sites", SITES + 'a,"b,,\n', "sites.csv", "each quote to be closed"),
        ("sites", SITES + "a,caf\udce9,,\n", "sites.csv", "utf-8"),
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
        check_lists(home)
    message = " ".join(str(caught.value).split())
    assert place in message
    assert said in message
    assert "to do: " in message
