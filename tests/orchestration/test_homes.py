"""What a home must bear: odd paths, withdrawals of everything, corrections, prying eyes."""

import os
from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

from orchestration.building.state import build_state
from orchestration.cli import main
from orchestration.errors import TelltaleError
from orchestration.home import Home
from orchestration.landing import land, ledger, read_contracts, undo, withdraw
from orchestration.publication.publish import publish
from orchestration.publication.versions import current_version, verify
from orchestration.run import is_built

Run = Callable[..., Any]
HEADER = "call_id,entered_at,answered,wait,csat\n"
TICKETS = (
    "ticket_id,created_at,resolved_at,response_id,question_code,scale_code,answer_text,answered_at\n"
    "t1,2026-03-02 09:00:00,2026-03-02 10:00:00,r1,csat,points_1_5,4,2026-03-02 12:00:00\n"
)
STOPPED = (
    r"(?s)nothing is published.*own (delivered )?totals.*such as source_code call_list, "
    r"measure_code offered, residual_count 40, control_count 40.*found: 1 row does not.*to do: "
)


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
    for table in ("tickets", "survey_answers"):
        deliver(home, f"standard/{table}/export.csv", TICKETS)
    deliver(home, "standard/tickets/again.csv", TICKETS.replace("10:00", "11:00"))
    deliver(home, "standard/customers/customers.csv", "customer_id\n0611111111\n")
    assert run_home(home).is_complete
    return home


def put(home: Home, name: str, rows: str) -> None:
    """Deliver calls as csv."""
    deliver(home, f"call_list/calls/{name}", HEADER + rows)


def deliver(home: Home, path: str, text: str) -> None:
    """Put a file into deliveries/."""
    file = home.deliveries / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def status(home: Home, *options: str) -> str:
    """What `telltale status` says, in one line."""
    result = CliRunner().invoke(main, ["status", "--home", str(home.root), *options])
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def query(home: Home, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the private warehouse."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_path_with_brackets_and_a_quote_loses_no_row(centre: Home) -> None:
    found = query(centre, "select count(*) from marts.fct_contact_legs")
    assert found == [(3,)]


def test_an_answer_that_a_later_delivery_empties_is_taken_back(centre: Home) -> None:
    found = query(
        centre, "select response_id, answer_text from marts.fct_survey_answers order by 1"
    )
    assert found == [("c3", "5"), ("r1", "4")]


def test_rows_that_only_the_hash_decided_are_counted_in_every_table(centre: Home) -> None:
    found = query(
        centre,
        "select table_code, sum(superseded_count), sum(conflict_count) from marts.rpt_deliveries "
        "group by table_code order by table_code",
    )
    expected = [("calls", 1, 0), ("customers", None, None), ("survey_answers", 0, 0)]
    assert found == [*expected, ("tickets", 1, 1)]
    said = status(centre)
    assert "contradicted standard/tickets: 1 row is not in force" in said
    assert "updated_at" in said and "contradicted call_list/calls" not in said
    assert "waiting standard/customers: no model reads this table yet" in said
    assert "not built yet" not in said


def test_a_version_that_is_not_there_is_not_called_damaged(centre: Home) -> None:
    current = current_version(centre)
    for name in ("v9", "v000099", "../deliveries"):
        with pytest.raises(TelltaleError, match=rf"no version(.|\n)*{current} \(current\)"):
            verify(centre, name)
    assert verify(centre, current) > 10


def test_only_the_owner_reads_what_is_individual(centre: Home) -> None:
    private = (centre.raw, centre.quarantine, centre.ledger, centre.state, centre.coaching)
    for path in (*private, centre.warehouse):
        assert path.stat().st_mode & 0o077 == 0, path
    version = centre.published / f"{current_version(centre)}"
    assert os.access(version / "marts.duckdb", os.R_OK)
    assert version.stat().st_mode & 0o005 == 0o005


def test_a_branch_without_a_known_source_publishes_nothing(
    centre: Home, run_home: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current_version(centre)
    contracts = {name: one for name, one in read_contracts().items() if name[0] != "call_list"}
    with monkeypatch.context() as branch:
        for module in ("landing.arrival", "landing.lost_tables"):
            branch.setattr(f"orchestration.{module}.read_contracts", lambda: contracts)
        expected = r"no raw table(.|\n)*call_list/calls: 2 deliveries with 4 rows"
        with pytest.raises(TelltaleError, match=expected):
            run_home(centre)
        with pytest.raises(TelltaleError, match=expected):
            publish(centre)
    assert current_version(centre) == before


def test_a_build_that_reads_no_calls_replaces_no_version_that_has_them(centre: Home) -> None:
    with duckdb.connect(str(centre.warehouse)) as connection:
        connection.execute(
            "create or replace view home.raw_tables as "
            "select 'standard' as source_code, 'tickets' as table_code, true as is_read"
        )
    with pytest.raises(TelltaleError, match=r"call_list/calls: 2 deliveries(.|\n)*withdraw"):
        publish(centre, again=True)


def test_a_failed_audit_of_a_build_made_anew_is_explained(centre: Home, run_home: Run) -> None:
    assert is_built(centre)
    with duckdb.connect(str(centre.warehouse)) as connection:
        connection.execute("update home.built_deliveries set contract_code = 'another'")
        # A home that was built before the words had this column goes on without a hand.
        connection.execute("alter table words.channel_kinds drop column channel_name_fr")
    assert not is_built(centre)
    deliver(
        centre,
        "standard/control_totals/totals.csv",
        "checked_source_code,queue_id,measured_date,measure_code,measured_count\n"
        "call_list,q1,2026-03-02,offered,40\n",
    )
    with pytest.raises(TelltaleError, match=STOPPED):
        run_home(centre)
    state = build_state(centre)
    assert state and state.is_full and "anew" in state.why and not state.is_finished


def test_what_came_after_the_last_build_is_not_built_yet(centre: Home) -> None:
    deliver(centre, "standard/tickets/later.csv", TICKETS.replace("t1", "t2"))
    land(centre)
    assert "waiting standard/tickets: 1 file not built yet" in status(centre)
    files = status(centre, "--files")
    assert "standard/tickets/later.csv 1 accepted, not built yet" in files
    paths = [record.path for record in ledger.read(centre)]
    assert len(paths) == 8 and all(path in files for path in paths)


def test_withdrawing_everything_reaches_readers(centre: Home, run_home: Run) -> None:
    for record in ledger.read(centre):
        withdraw(centre, record.delivery_id)
    before = current_version(centre)
    outcome = run_home(centre)
    assert outcome.is_complete and current_version(centre) != before
    database = centre.published / f"{current_version(centre)}" / "marts.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        assert connection.execute("select count(*) from kpi_values").fetchone() == (0,)
    undo(centre, "call_list/calls/calls_2026-03-02.csv")
    taken_back = "select file_name from home.deliveries where not is_withdrawn"
    assert query(centre, taken_back) == [("calls_2026-03-02.csv",)]
    assert "calls_2026-03-02.csv 2 accepted, not built yet" in status(centre, "--files")
