"""What the published file says of itself, and what its views hold, in a centre as built."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.home import PROJECT_ROOT, Home
from orchestration.settings import read_settings
from simulation import simulate
from tests.bi.page import RUN, Block, blocks, listed_drivers, run_command, section
from tests.bi.readers import drivers

PERIODS = {"kpi_days": "day", "kpi_weeks": "week", "kpi_months": "month"}
Database = duckdb.DuckDBPyConnection


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory, run_replayed: Callable[..., Any]) -> Home:
    """A small simulated centre, published."""
    home = Home.at(tmp_path_factory.mktemp("bi") / "home")
    simulate(home, contacts=400, weeks=5, seed=4)
    assert run_replayed(home).is_complete
    return home


@pytest.fixture(scope="module")
def database(centre: Home) -> Iterator[Database]:
    """Its public file as readers open it."""
    path = str(centre.published / "current" / "marts.duckdb")
    with duckdb.connect(path, read_only=True) as connection:
        yield connection


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    return database.execute(query).fetchall()


def test_every_table_and_column_says_what_it_is(centre: Home) -> None:
    for root in (centre.published, centre.coaching):
        path = str(root / "current" / "marts.duckdb")
        with duckdb.connect(path, read_only=True) as connection:
            relations = rows(
                connection,
                "select table_name, comment from duckdb_tables() union all "
                "select view_name, comment from duckdb_views() where not internal",
            )
            columns = rows(
                connection,
                "select table_name || '.' || column_name, comment "
                "from duckdb_columns() where not internal",
            )
        assert relations and columns
        assert not [name for name, comment in [*relations, *columns] if not comment]


def test_what_is_said_of_kpis_is_said_in_two_languages(database: Database) -> None:
    marts = ("kpi_values", "dim_kpis", *PERIODS)
    said = rows(
        database,
        "select table_name || '.' || column_name, comment from duckdb_columns() "
        f"where table_name in {marts}",
    )
    assert len(said) > 100
    assert not [name for name, comment in said if " FR : " not in comment]


@pytest.mark.parametrize("view", PERIODS)
def test_a_view_has_each_row_of_its_period_once_and_with_every_name(
    database: Database, view: str
) -> None:
    views = rows(database, "select view_name from duckdb_views() where not internal")
    assert (view,) in views
    period = PERIODS[view]
    key = "kpi_id, period_start_date, scope_code, scope_id"
    assert rows(
        database,
        f"select count(*), count(distinct ({key})), count(chart_name_en), count(chart_name_fr), "
        f"count(unit_code), count(member_name_en), count(member_name_fr) from {view}",
    ) == rows(
        database,
        "select n, n, n, n, n, n, n from "
        f"(select count(*) as n from kpi_values where period_code = '{period}')",
    )
    assert not rows(
        database,
        f"select {key}, value, low, high from {view} except select {key}, value, low, high "
        f"from kpi_values where period_code = '{period}'",
    )
    kinds = {
        kind for (kind,) in rows(database, f"select distinct column_type from (describe {view})")
    }
    assert kinds == {"VARCHAR", "DOUBLE", "BIGINT", "BOOLEAN", "DATE"}
    assert not rows(
        database,
        f"select distinct scope_code, scope_id from {view} "
        "where scope_code = 'channel' and member_name_fr = scope_id",
    )


def test_one_filter_makes_a_chart(database: Database) -> None:
    chart = rows(
        database,
        "select period_start_date, member_name_fr, count(*) from kpi_weeks "
        "where chart_name_fr = 'Taux de décroché, canal' group by all order by all",
    )
    assert len({member for _, member, _ in chart}) > 1
    assert {count for *_, count in chart} == {1}
    assert "Téléphone" in {member for _, member, _ in chart}


def test_the_file_holds_under_another_name_and_beside_its_parquet(centre: Home) -> None:
    folder = centre.published / "current"
    with duckdb.connect() as connection:
        connection.execute(f"attach '{folder / 'marts.duckdb'}' as quality (read_only)")
        for view in PERIODS:
            assert rows(connection, f"select count(*) from quality.{view}") == rows(
                connection, f"select count(*) from '{folder / view}.parquet'"
            )


def test_every_driver_reads_the_same(centre: Home, database: Database) -> None:
    path = str(centre.published / "current" / "marts.duckdb")
    script = str(Path(__file__).with_name("opening.py"))
    found = []
    for python in drivers():
        done = subprocess.run([python, script, path], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{python}: {done.stderr}"
        found.append(json.loads(done.stdout))
    first = found[0]
    assert len(first["rows"]) > 30 and first["rows"]["kpi_weeks"] > 0
    print(f"\n{'driver':<10}{'relations':>10}{'rows':>10}{'comments':>10}")
    for one in found:
        print(
            f"{one['driver']:<10}{len(one['rows']):>10}{sum(one['rows'].values()):>10,}"
            f"{len(one['comments']):>10}"
        )
        assert {**one, "driver": ""} == {**first, "driver": ""}


def test_the_page_lists_the_drivers_that_are_tested() -> None:
    makefile = (PROJECT_ROOT / "Makefile").read_text("utf-8")
    tested = re.search(r"^BI_DRIVERS := (.*)$", makefile, re.MULTILINE)
    assert tested and listed_drivers() == tested.group(1).split()


def test_every_block_of_the_page_is_run_or_marked() -> None:
    assert len(blocks()) > 10
    for block in blocks():
        if block.language not in RUN:
            marked = "Not run by our tests" in section(block.heading)
            # The address of a database is not run as it stands: the python beside it is.
            assert marked or block.text.startswith("duckdb:////"), block


@pytest.mark.parametrize("block", [b for b in blocks() if b.language == "sql"])
def test_a_query_of_the_page_finds_rows(database: Database, block: Block) -> None:
    assert rows(database, block.text)


@pytest.mark.parametrize("block", [b for b in blocks() if b.language in ("sh", "python")])
def test_a_command_of_the_page_runs(
    centre: Home, block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "var").symlink_to(centre.root)
    monkeypatch.chdir(tmp_path)
    if block.language == "sh":
        assert run_command(block.text)
    else:
        # A process of its own: here the file is open with other options already.
        subprocess.run([sys.executable, "-c", block.text], check=True)


def test_the_page_names_a_setting_that_is_read(home: Home) -> None:
    (block,) = [block for block in blocks() if block.language == "toml"]
    home.root.mkdir()
    home.settings_file.write_text(block.text, "utf-8")
    assert read_settings(home).home.versions_kept == 10
