"""A build that continues the last one gives the marts of a build from nothing."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from orchestration.home import Home
from orchestration.landing import withdraw
from orchestration.publication.versions import current_version, read_manifest
from tests.histories.history import seeded_history
from tests.histories.rows import Row, delivered_row
from tests.kpis.deliver import deliver, write_history, write_list
from tests.replay import Replay

Run = Callable[..., Any]
NOON = datetime(2026, 6, 10, 10, 0)
# A dozen builds are made once, in a fixture.
pytestmark = pytest.mark.timeout(1500)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, run_unaudited: Run) -> Home:
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
    run_unaudited(home)
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


@dataclass(frozen=True)
class Step:
    """Deliveries on top of what was built, a question about the marts, and the answer."""

    rows: dict[str, list[Row]]
    question: str
    answer: list[tuple[Any, ...]]


def answer_row(response: str, **values: Any) -> Row:
    """An answer of a customer to the question of satisfaction."""
    said = {"response_id": response, "question_code": "csat", "scale_code": "points_1_5"}
    return delivered_row("survey_answers", **(said | values))


REDATED = NOON.date() - timedelta(weeks=3)
ORPHAN = "select is_orphan, activity_date from marts.fct_survey_answers where response_id = 'r2'"
STEPS = {
    "a_contact_corrected_to_another_day": Step(
        {"contact_legs": [leg("moves", NOON + timedelta(days=3))]},
        "select entered_date from marts.fct_contact_legs where contact_id = 'moves'",
        [((NOON + timedelta(days=3)).date(),)],
    ),
    "a_day_that_becomes_empty": Step(
        {"contact_legs": [leg("alone", datetime(2026, 1, 6, 9), updated_at=datetime(2026, 6, 1))]},
        "select count(*) from marts.agg_transactional_daily where entered_date = '2026-01-05'",
        [(0,)],
    ),
    "a_survey_twenty_days_late": Step(
        {
            "survey_answers": [
                answer_row(
                    "r1",
                    invitation_id="i1",
                    answer_text="4",
                    answered_at=NOON + timedelta(days=20),
                    updated_at=NOON + timedelta(days=20),
                )
            ]
        },
        "select activity_date, agent_id, answer_score from marts.fct_survey_answers "
        "where response_id = 'r1'",
        [((NOON + timedelta(days=3)).date(), "annie", 75)],
    ),
    "an_agents_team_redated_three_weeks_back": Step(
        {
            "agents": [
                assignment(date(2026, 1, 1), REDATED - timedelta(days=1), "north", updated_at=NOON),
                assignment(REDATED, None, "south", updated_at=NOON),
            ]
        },
        "select entered_date >= date '2026-05-20', min(team_id), max(team_id) "
        "from marts.fct_contact_legs where agent_id = 'annie' group by 1 order by 1",
        [(False, "north", "north"), (True, "south", "south")],
    ),
    "an_answer_whose_contact_is_not_there": Step(
        {
            "survey_answers": [
                answer_row(
                    "r2",
                    contact_id="unknown_yet",
                    answer_text="1",
                    answered_at=NOON + timedelta(days=1),
                ),
                answer_row(
                    "r8",
                    contact_id="never_known",
                    answer_text="1",
                    answered_at=NOON + timedelta(days=1),
                ),
            ]
        },
        ORPHAN,
        [(True, NOON.date() + timedelta(days=1))],
    ),
    "its_contact_comes": Step(
        {"contact_legs": [leg("unknown_yet", NOON - timedelta(days=9))]},
        ORPHAN,
        [(False, NOON.date() - timedelta(days=9))],
    ),
    "an_answer_about_an_old_contact": Step(
        {
            "survey_answers": [
                answer_row(
                    "r3",
                    contact_id="weekly2",
                    answer_text="2",
                    answered_at=NOON - timedelta(days=12),
                ),
                answer_row(  # completed before r8, which stands on another day
                    "r9",
                    contact_id="never_known",
                    answer_text="3",
                    answered_at=NOON - timedelta(days=12),
                ),
            ]
        },
        "select response_id, is_orphan, exclusion_code from marts.fct_survey_answers "
        "where response_id in ('r3', 'r8', 'r9') order by response_id",
        [("r3", False, None), ("r8", True, "repeated"), ("r9", True, None)],
    ),
    "the_contact_turns_out_to_be_a_test": Step(
        {
            "contact_legs": [
                leg(
                    "weekly2",
                    NOON - timedelta(weeks=2),
                    is_test=True,
                    updated_at=NOON + timedelta(days=9),
                )
            ]
        },
        "select is_orphan from marts.fct_survey_answers where response_id = 'r3'",
        [(True,)],
    ),
    "a_callback_that_keeps_an_old_promise": Step(
        {
            "contact_legs": [
                leg(
                    "callback",
                    NOON + timedelta(hours=20),
                    callback_of_contact_id="calls_back",
                    direction_code="outbound",
                )
            ]
        },
        "select is_callback_reached from marts.fct_contact_legs where contact_id = 'calls_back'",
        [(True,)],
    ),
    "what_followed_an_old_contact_comes_late": Step(
        {
            "sales": [
                delivered_row(
                    "sales",
                    sale_id="late",
                    contact_id="weekly3",
                    sold_at=NOON - timedelta(weeks=3),
                    sale_amount=Decimal("12.50"),
                )
            ],
            "selfcare_sessions": [
                delivered_row(
                    "selfcare_sessions",
                    session_id="late",
                    channel_code="app",
                    started_at=NOON - timedelta(weeks=3),
                    ended_at=NOON - timedelta(weeks=3),
                    is_completed=True,
                    is_escalated=False,
                )
            ],
            "tickets": [
                delivered_row(
                    "tickets",
                    ticket_id="late",
                    contact_id="weekly3",
                    created_at=NOON - timedelta(weeks=3),
                    resolved_at=NOON - timedelta(weeks=2),
                )
            ],
            "agent_days": [
                delivered_row(
                    "agent_days",
                    agent_id="annie",
                    work_date=NOON.date() - timedelta(weeks=3),
                    logged_in_seconds=20_000,
                    idle_seconds=9_000,
                    paid_seconds=25_000,
                )
            ],
            "control_totals": [
                delivered_row(
                    "control_totals",
                    checked_source_code="standard",
                    queue_id="q1",
                    measured_date=NOON.date() - timedelta(weeks=3),
                    measure_code="received",
                    measured_count=1,
                )
            ],
        },
        "select (select contact_id from marts.fct_sales where sale_id = 'late'), "
        "(select count(*) from marts.fct_selfcare_sessions where session_id = 'late'), "
        "(select count(*) from marts.fct_tickets where ticket_id = 'late'), "
        "(select logged_in_seconds from marts.fct_agent_days "
        "where agent_id = 'annie' and is_delivered)",
        [("weekly3", 1, 1, 20_000)],
    ),
    "an_open_leg_is_lost_when_time_passes": Step(
        {"contact_legs": [leg("next", datetime(2026, 12, 12, 9, 0))]},
        "select outcome_code from marts.fct_contact_legs where contact_id = 'open'",
        [("lost_record",)],
    ),
}


TOGETHER = (
    (
        "a_contact_corrected_to_another_day",
        "a_day_that_becomes_empty",
        "an_answer_whose_contact_is_not_there",
    ),
    (
        "its_contact_comes",
        "an_answer_about_an_old_contact",
        "a_survey_twenty_days_late",
        "what_followed_an_old_contact_comes_late",
        "a_callback_that_keeps_an_old_promise",
    ),
    ("the_contact_turns_out_to_be_a_test", "an_open_leg_is_lost_when_time_passes"),
    ("an_agents_team_redated_three_weeks_back",),
)
"""Steps of one build: they touch different days, so that none touches a day for another."""
ALONE = tuple((name,) for name in STEPS)
assert sorted(name for names in TOGETHER for name in names) == sorted(STEPS)


@dataclass(frozen=True)
class Continued:
    """A home after builds that each continued the one before, and what each step answered."""

    home: Home
    answers: dict[str, list[tuple[Any, ...]]]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(TOGETHER, id="together"),
        pytest.param(ALONE, id="alone", marks=pytest.mark.soak),
    ],
)
def continued(
    request: pytest.FixtureRequest,
    built: Home,
    tmp_path_factory: pytest.TempPathFactory,
    run_unaudited: Run,
) -> Continued:
    """A day that a step forgets stays as it was, until the last comparison sees it."""
    root = tmp_path_factory.mktemp("continued") / "home"
    shutil.copytree(built.root, root)
    home, answers = Home.at(root), {}
    assert query(home, STEPS["an_open_leg_is_lost_when_time_passes"].question) == [("in_progress",)]
    for names in request.param:
        for name in names:
            for table, rows in STEPS[name].rows.items():
                deliver(home, table, f"{name}.parquet", rows)
        outcome = run_unaudited(home)
        assert not outcome.build.is_full, outcome.build.why
        for name in names:
            answers[name] = query(home, STEPS[name].question)
    return Continued(home, answers)


@pytest.mark.parametrize("name", STEPS)
def test_a_build_that_continues_knows_the_answer(name: str, continued: Continued) -> None:
    assert continued.answers[name] == STEPS[name].answer


def test_builds_that_continue_give_the_marts_of_a_full_one(
    continued: Continued, run_unaudited: Run
) -> None:
    found = mart_hashes(continued.home)
    assert run_unaudited(continued.home, full=True).build.is_full
    assert found == mart_hashes(continued.home)


def test_an_edited_threshold_list(home: Home, run_unaudited: Run) -> None:
    before = query(home, "select sum(short_abandon_count) from marts.agg_transactional_daily")
    write_list(
        home,
        "kpi_targets",
        [{"kpi_id": "short_abandon_rate", "scope_code": "company", "threshold_seconds": 45}],
    )
    outcome = run_unaudited(home)
    assert outcome.build.is_full and "lists" in outcome.build.why
    after = query(home, "select sum(short_abandon_count) from marts.agg_transactional_daily")
    assert after[0][0] > before[0][0]


def test_a_withdrawn_delivery(home: Home, run_unaudited: Run) -> None:
    withdraw(home, ours_id(home))
    outcome = run_unaudited(home)
    assert outcome.build.is_full and "withdrawn" in outcome.build.why
    assert days_of(home, "moves") == []


@pytest.mark.parametrize("runs", [2, pytest.param(4, marks=pytest.mark.soak)])
def test_deliveries_in_random_order_and_repeated(
    runs: int, tmp_path: Path, run_unaudited: Run, replay: Replay
) -> None:
    history = seeded_history(11, 160)
    rng, parts = Random(5), runs + 1
    tables = {name: rng.sample(rows, len(rows)) for name, rows in history.tables.items()}
    once, repeated = Home.at(tmp_path / "once"), Home.at(tmp_path / "repeated")
    for home in (once, repeated):
        write_history(home, type(history)({}, history.lists, history.zone, history.site))
    for name, rows in tables.items():
        deliver(once, name, "all.parquet", rows)
    replay.run(once)
    files = [
        (name, f"{number}.parquet", rows[number::parts])
        for name, rows in tables.items()
        for number in range(parts)
    ]
    rng.shuffle(files)
    for run in range(runs):
        for name, file, rows in files[run::runs]:
            deliver(repeated, name, file, rows)
            deliver(repeated, name, f"again_{file}", rows)
        run_unaudited(repeated)
    assert mart_hashes(repeated) == mart_hashes(once)


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
