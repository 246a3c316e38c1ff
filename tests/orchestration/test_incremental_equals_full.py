"""A build that continues the last one gives the marts of a build from nothing."""

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from orchestration.home import Home
from orchestration.landing import withdraw
from orchestration.publication.versions import current_version, read_manifest
from tests.kpis.deliver import deliver, write_history, write_list
from tests.kpis.histories import seeded_history
from tests.kpis.histories_rows import Row, delivered_row

Run = Callable[..., Any]
NOON = datetime(2026, 6, 10, 10, 0)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, run_home: Run) -> Home:
    """A home with a few hundred contacts and the ones that the tests correct, built once."""
    home = Home.at(tmp_path_factory.mktemp("built") / "home")
    write_history(home, seeded_history(7, 250), parts=1)
    deliver(home, "contact_legs", "ours.parquet", OURS)
    deliver(home, "agents", "ours.parquet", [assignment(date(2026, 1, 1), None, "north")])
    deliver(
        home,
        "survey_invitations",
        "ours.parquet",
        [INVITATION],
    )
    run_home(home)
    return home


@pytest.fixture
def home(built: Home, tmp_path: Path) -> Home:
    """A copy of the built home that a test may change."""
    shutil.copytree(built.root, tmp_path / "home")
    return Home.at(tmp_path / "home")


def leg(contact: str, entered: datetime, **values: Any) -> Row:
    """An answered phone call of two minutes by agent `annie`."""
    said: dict[str, Any] = {
        "contact_id": contact,
        "leg_number": 1,
        "direction_code": "inbound",
        "channel_code": "phone",
        "queue_id": "q1",
        "agent_id": "annie",
        "outcome_code": "answered",
        "entered_at": entered,
        "answered_at": entered + timedelta(seconds=9),
        "ended_at": entered + timedelta(seconds=129),
        "talk_seconds": 100,
        "hold_seconds": 20,
        "wrap_up_seconds": 30,
        "is_resolved": True,
        "updated_at": entered + timedelta(hours=1),
    }
    return delivered_row("contact_legs", **(said | values))


def assignment(since: date, until: date | None, team: str, **values: Any) -> Row:
    said = {"agent_id": "annie", "valid_from_date": since, "valid_to_date": until, "team_id": team}
    return delivered_row("agents", **(said | {"updated_at": datetime(2026, 6, 1)} | values))


INVITATION = delivered_row(
    "survey_invitations", invitation_id="i1", contact_id="moves", survey_code="s1", sent_at=NOON
)
OURS = [
    leg("moves", NOON),
    leg("alone", datetime(2026, 1, 5, 9, 0)),
    leg("calls_back", NOON, outcome_code="callback_taken", answered_at=None, agent_id=None),
    leg("open", datetime(2026, 12, 10, 9, 0), outcome_code=None, answered_at=None, ended_at=None),
    *[leg(f"weekly{week}", NOON - timedelta(weeks=week)) for week in range(6)],
]


def test_a_contact_corrected_to_another_day(home: Home, run_home: Run) -> None:
    later = NOON + timedelta(days=3)
    deliver(home, "contact_legs", "fix.parquet", [leg("moves", later)])
    assert_equal_to_full(home, run_home)
    assert days_of(home, "moves") == [later.date()]


def test_a_day_that_becomes_empty(home: Home, run_home: Run) -> None:
    moved = leg("alone", datetime(2026, 1, 6, 9, 0), updated_at=datetime(2026, 6, 1))
    deliver(home, "contact_legs", "fix.parquet", [moved])
    assert_equal_to_full(home, run_home)
    rows = query(
        home, "select count(*) from marts.agg_transactional_daily where entered_date = '2026-01-05'"
    )
    assert rows == [(0,)]


def test_an_agents_team_redated_three_weeks_back(home: Home, run_home: Run) -> None:
    moved = NOON.date() - timedelta(weeks=3)
    rows = [
        assignment(date(2026, 1, 1), moved - timedelta(days=1), "north", updated_at=NOON),
        assignment(moved, None, "south", updated_at=NOON),
    ]
    deliver(home, "agents", "redated.parquet", rows)
    assert_equal_to_full(home, run_home)
    found = query(
        home,
        "select entered_date >= date '2026-05-20', min(team_id), max(team_id) "
        "from marts.fct_contact_legs where agent_id = 'annie' group by 1 order by 1",
    )
    assert found == [(False, "north", "north"), (True, "south", "south")]


def test_an_edited_threshold_list(home: Home, run_home: Run) -> None:
    before = query(home, "select sum(short_abandon_count) from marts.agg_transactional_daily")
    write_list(
        home,
        "kpi_targets",
        [{"kpi_id": "short_abandon_rate", "scope_code": "company", "threshold_seconds": 45}],
    )
    outcome = assert_equal_to_full(home, run_home, is_full=True)
    assert "lists" in outcome.build.why
    after = query(home, "select sum(short_abandon_count) from marts.agg_transactional_daily")
    assert after[0][0] > before[0][0]


def test_a_survey_twenty_days_late(home: Home, run_home: Run) -> None:
    answer = {
        "response_id": "r1",
        "question_code": "csat",
        "invitation_id": "i1",
        "scale_code": "points_1_5",
        "answer_text": "4",
        "answered_at": NOON + timedelta(days=20),
        "updated_at": NOON + timedelta(days=20),
    }
    deliver(home, "survey_answers", "late.parquet", [delivered_row("survey_answers", **answer)])
    assert_equal_to_full(home, run_home)
    found = query(
        home,
        "select activity_date, agent_id, answer_score from marts.fct_survey_answers "
        "where response_id = 'r1'",
    )
    assert found == [(NOON.date(), "annie", 75)]


def test_an_answer_whose_contact_comes_later(home: Home, run_home: Run) -> None:
    answer = {
        "response_id": "r2",
        "question_code": "csat",
        "contact_id": "unknown_yet",
        "scale_code": "points_1_5",
        "answer_text": "1",
        "answered_at": NOON + timedelta(days=1),
    }
    deliver(home, "survey_answers", "orphan.parquet", [delivered_row("survey_answers", **answer)])
    assert_equal_to_full(home, run_home)
    orphan = (
        "select is_orphan, activity_date from marts.fct_survey_answers where response_id = 'r2'"
    )
    assert query(home, orphan) == [(True, NOON.date() + timedelta(days=1))]
    deliver(home, "contact_legs", "comes.parquet", [leg("unknown_yet", NOON - timedelta(days=9))])
    assert_equal_to_full(home, run_home)
    assert query(home, orphan) == [(False, NOON.date() - timedelta(days=9))]


def test_a_contact_that_turns_out_to_be_a_test(home: Home, run_home: Run) -> None:
    answer = {
        "response_id": "r3",
        "question_code": "csat",
        "contact_id": "weekly2",
        "scale_code": "points_1_5",
        "answer_text": "2",
        "answered_at": NOON + timedelta(days=2),
    }
    deliver(home, "survey_answers", "answer.parquet", [delivered_row("survey_answers", **answer)])
    run_home(home)
    entered = NOON - timedelta(weeks=2)
    tried = leg("weekly2", entered, is_test=True, updated_at=NOON + timedelta(days=9))
    deliver(home, "contact_legs", "test.parquet", [tried])
    assert_equal_to_full(home, run_home)
    orphan = "select is_orphan from marts.fct_survey_answers where response_id = 'r3'"
    assert query(home, orphan) == [(True,)]


def test_a_callback_that_keeps_an_old_promise(home: Home, run_home: Run) -> None:
    reached = {"callback_of_contact_id": "calls_back", "direction_code": "outbound"}
    deliver(
        home,
        "contact_legs",
        "callback.parquet",
        [leg("callback", NOON + timedelta(hours=20), **reached)],
    )
    assert_equal_to_full(home, run_home)
    found = query(
        home,
        "select is_callback_reached from marts.fct_contact_legs where contact_id = 'calls_back'",
    )
    assert found == [(True,)]


def test_an_open_leg_is_lost_when_time_passes(home: Home, run_home: Run) -> None:
    outcome = "select outcome_code from marts.fct_contact_legs where contact_id = 'open'"
    assert query(home, outcome) == [("in_progress",)]
    deliver(home, "contact_legs", "next.parquet", [leg("next", datetime(2026, 12, 12, 9, 0))])
    assert_equal_to_full(home, run_home)
    assert query(home, outcome) == [("lost_record",)]


def test_a_withdrawn_delivery(home: Home, run_home: Run) -> None:
    withdraw(home, ours_id(home))
    outcome = assert_equal_to_full(home, run_home, is_full=True)
    assert "withdrawn" in outcome.build.why
    assert days_of(home, "moves") == []


def test_deliveries_in_random_order_and_repeated(tmp_path: Path, run_home: Run) -> None:
    history = seeded_history(11, 160)
    rng = Random(5)
    tables = {name: rng.sample(rows, len(rows)) for name, rows in history.tables.items()}
    expected: dict[str, str] | None = None
    for case, (parts, runs) in enumerate([(1, 1), (4, 3)]):
        home = Home.at(tmp_path / f"home{case}")
        write_history(home, type(history)({}, history.lists, history.zone, history.site))
        files = [
            (name, f"{number}.parquet", rows[number::parts])
            for name, rows in tables.items()
            for number in range(parts)
        ]
        rng.shuffle(files)
        for run in range(runs):
            for name, file, rows in files[run::runs]:
                deliver(home, name, file, rows)
                deliver(home, name, f"again_{file}", rows)
            run_home(home)
        hashes = mart_hashes(home)
        expected = expected or hashes
        assert hashes == expected


def assert_equal_to_full(home: Home, run_home: Run, is_full: bool = False) -> Any:
    """Run on what is new, then anew from raw: the same content of every mart."""
    outcome = run_home(home)
    assert outcome.build.is_full is is_full, outcome.build.why
    continued = mart_hashes(home)
    run_home(home, full=True)
    assert continued == mart_hashes(home)
    return outcome


def mart_hashes(home: Home) -> dict[str, str]:
    """Content hash of every mart of both audiences, from the warehouse as it is now."""
    from orchestration.publication.publish import publish

    publish(home, again=True)
    version = current_version(home)
    marts = {}
    for root in (home.published, home.coaching):
        marts |= read_manifest(root / f"{version}")["marts"]
    assert len(marts) >= 14
    return {name: entry["content_hash"] for name, entry in marts.items()}


def ours_id(home: Home) -> str:
    """Id of the delivery of our contact legs."""
    from orchestration.landing import ledger

    return next(
        record.delivery_id
        for record in ledger.read(home)
        if (record.table_code, record.file_name) == ("contact_legs", "ours.parquet")
    )


def days_of(home: Home, contact: str) -> list[date]:
    """Local days on which the fact holds a contact."""
    found = query(
        home, f"select entered_date from marts.fct_contact_legs where contact_id = '{contact}'"
    )
    return [row[0] for row in found]


def query(home: Home, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the private warehouse."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        return connection.execute(sql).fetchall()
