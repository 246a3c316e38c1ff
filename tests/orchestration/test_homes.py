"""What a home must bear: odd paths, withdrawals of everything, corrections, prying eyes."""

import os
from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from orchestration.home import Home
from orchestration.landing import ledger, withdraw
from orchestration.publication.versions import current_version
from orchestration.run import is_built

Run = Callable[..., Any]
HEADER = "call_id,entered_at,answered,wait,csat\n"


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory, run_home: Run) -> Home:
    """A home at a path that is also a pattern and holds a quote, with two deliveries of calls."""
    home = Home.at(tmp_path_factory.mktemp("homes") / "centre [2] o'brien")
    put(
        home,
        "calls_2026-03-02.csv",
        "c1,2026-03-02 09:00:00,yes,5,1\nc2,2026-03-02 09:01:00,no,60,\n",
    )
    put(
        home,
        "calls_2026-03-03.csv",
        "c1,2026-03-02 09:00:00,yes,5,\nc3,2026-03-03 09:00:00,yes,7,5\n",
    )
    assert run_home(home).is_complete
    return home


def put(home: Home, name: str, rows: str) -> None:
    """Deliver calls as csv."""
    folder = home.deliveries / "call_list" / "calls"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(HEADER + rows, "utf-8")


def query(home: Home, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the private warehouse."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_path_with_brackets_and_a_quote_loses_no_row(centre: Home) -> None:
    found = query(centre, "select count(*) from marts.fct_contact_legs")
    assert found == [(3,)]


def test_an_answer_that_a_later_delivery_empties_is_taken_back(centre: Home) -> None:
    found = query(centre, "select response_id, answer_text from marts.fct_survey_answers")
    assert found == [("c3", "5")]


def test_only_the_owner_reads_what_is_individual(centre: Home) -> None:
    private = (centre.raw, centre.quarantine, centre.ledger, centre.state, centre.coaching)
    for path in (*private, centre.warehouse):
        assert path.stat().st_mode & 0o077 == 0, path
    version = centre.published / f"{current_version(centre)}"
    assert os.access(version / "marts.duckdb", os.R_OK)
    assert version.stat().st_mode & 0o005 == 0o005


def test_a_delivery_judged_under_another_contract_is_built_anew(
    centre: Home, run_home: Run
) -> None:
    assert is_built(centre)
    with duckdb.connect(str(centre.warehouse)) as connection:
        connection.execute("update home.built_deliveries set contract_code = 'another'")
    assert not is_built(centre)
    outcome = run_home(centre)
    assert outcome.build.is_full and "anew" in outcome.build.why


def test_withdrawing_everything_reaches_readers(centre: Home, run_home: Run) -> None:
    for record in ledger.read(centre):
        withdraw(centre, record.delivery_id)
    before = current_version(centre)
    outcome = run_home(centre)
    assert outcome.is_complete and current_version(centre) != before
    database = centre.published / f"{current_version(centre)}" / "marts.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        assert connection.execute("select count(*) from kpi_values").fetchone() == (0,)
