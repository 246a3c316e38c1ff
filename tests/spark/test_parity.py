"""A simulated centre gives the same marts on both engines, and goes on doing so."""

import csv
import os
import signal
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.home import Home
from orchestration.run import land_step
from orchestration.spark.local import Cluster, is_alive
from simulation import simulate
from tests.compiled import passed_unit_tests, without_audits
from tests.histories.rows import Row, delivered_row
from tests.kpis.deliver import deliver
from tests.spark.engines import ENGINES, build_both, engine, publish_both
from tests.spark.marts import printed

AWKWARD = "l'\"accueil\" \\ 😀 '' \\"
NOON = datetime(2026, 6, 10, 10, 0)

pytestmark = pytest.mark.timeout(3600)


def leg(contact: str, entered: datetime, **values: Any) -> Row:
    """An answered phone call of two minutes in a queue with an awkward name."""
    said: dict[str, Any] = {
        "contact_id": contact,
        "leg_number": 1,
        "direction_code": "inbound",
        "channel_code": "phone",
        "queue_id": AWKWARD,
        "reason_code": AWKWARD,
        "outcome_code": "answered",
        "entered_at": entered,
        "answered_at": entered + timedelta(seconds=9),
        "ended_at": entered + timedelta(seconds=129),
        "talk_seconds": 120,
        "updated_at": entered + timedelta(hours=1),
    }
    return delivered_row("contact_legs", **(said | values))


def answer(response: str, contact: str, text: str) -> Row:
    said = {"response_id": response, "question_code": "csat", "contact_id": contact}
    return delivered_row(
        "survey_answers", **said, scale_code="points_1_5", answer_text=text, answered_at=NOON
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the marts of both engines are put side by side."""
    return tmp_path_factory.mktemp("marts")


@pytest.fixture(scope="module")
def centre(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A landed centre, `TELLTALE_SPARK_CONTACTS` large, with awkward texts and a lonely contact."""
    home = Home.at(tmp_path_factory.mktemp("centre") / "it's a home")
    contacts = int(os.environ.get("TELLTALE_SPARK_CONTACTS", "2000"))
    simulate(home, contacts, weeks=8, seed=1)
    ours = [leg("moves", NOON), leg("alone", datetime(2026, 3, 2, 9, 0))]
    deliver(home, "contact_legs", "ours.parquet", ours)
    deliver(home, "survey_answers", "ours.parquet", [answer("r1", "moves", "4")])
    with (home.lists / "queues.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    with (home.lists / "queues.csv").open("a", encoding="utf-8", newline="") as file:
        named = {"queue_id": AWKWARD, "queue_name": AWKWARD}
        csv.DictWriter(file, header, restval="").writerow(named)
    land_step(home, lambda text: None)
    return home


def test_a_full_build_gives_the_same_marts(centre: Home, folder: Path, tables: list[str]) -> None:
    comparisons, summaries = build_both(centre, folder)
    tables.append(printed(f"full build, seconds: {seconds(summaries)}", comparisons))
    assert all(summary.is_full for summary in summaries.values())
    assert sum(one.rows for one in comparisons) > 1000
    assert [one.name for one in comparisons if one.rows == 0] == []
    assert [one for one in comparisons if one.differences] == []


@pytest.mark.parametrize("name", ENGINES)
def test_awkward_texts_survive(name: str, centre: Home, folder: Path) -> None:
    queues = rows(
        folder / name / "dim_queues.parquet", "queue_name, site_id, is_listed", "queue_id"
    )
    assert queues == [(AWKWARD, None, True)]
    reasons = rows(folder / name / "dim_contact_reasons.parquet", "is_listed", "reason_code")
    assert reasons == [(False,)]
    legs = rows(folder / name / "fct_contact_legs.parquet", "contact_id, agent_id", "reason_code")
    assert sorted(legs) == [("alone", None), ("moves", None)]


def test_further_deliveries_give_the_same_marts_though_a_worker_stops(
    cluster: Cluster, centre: Home, folder: Path, tables: list[str]
) -> None:
    """A build that continues takes as long on a small centre as a full one: one serves for both."""
    late = datetime(2026, 5, 20, 9, 0)
    corrected = {"updated_at": datetime(2026, 7, 1)}
    deliver(centre, "contact_legs", "late.parquet", [leg("late", late)])
    deliver(
        centre,
        "contact_legs",
        "corrected.parquet",
        [
            leg("moves", NOON + timedelta(days=3), **corrected),
            leg("alone", NOON + timedelta(days=4), **corrected),
        ],
    )
    deliver(centre, "survey_answers", "late.parquet", [answer("r2", "late", "4")])
    land_step(centre, lambda text: None)
    worker = next(process for process in cluster.processes if process.name == "worker1")
    stopped: list[str] = []

    def stop_worker(text: str) -> None:
        if "fct_contact_legs" in text and not stopped:
            os.kill(worker.process_id, signal.SIGKILL)
            stopped.append(text)

    # The audits ran on both engines in the full build.
    with without_audits():
        comparisons, summaries = build_both(centre, folder, stop_worker)
    assert stopped and not is_alive(worker)
    tables.append(printed(f"further deliveries, seconds: {seconds(summaries)}", comparisons))
    assert not any(summary.is_full for summary in summaries.values())
    assert [one for one in comparisons if one.differences] == []
    for name in ENGINES:
        march = "month(entered_date) = 3"
        for mart in ("fct_contact_legs", "fct_contacts", "agg_transactional_daily"):
            assert rows(folder / name / f"{mart}.parquet", "count(*)", march) == [(0,)]


def test_both_engines_publish_the_same_content(centre: Home) -> None:
    published = publish_both(centre)
    hashes = [
        {mart: entry["content_hash"] for mart, entry in published[name].items()} for name in ENGINES
    ]
    assert len(hashes[0]) >= 14
    assert hashes[0] == hashes[1]


@pytest.mark.soak
def test_unit_tests_pass_on_spark(centre: Home) -> None:
    with engine("spark"):
        assert len(passed_unit_tests(centre)) >= 7


def rows(file: Path, columns: str, condition: str) -> list[tuple[Any, ...]]:
    """Columns of the rows of a mart's file that meet a condition, or whose column is awkward."""
    where = condition if "=" in condition else f"{condition} = $text"
    parameters = {} if "=" in condition else {"text": AWKWARD}
    query = f"select {columns} from read_parquet('{file}') where {where}"
    return duckdb.execute(query, parameters).fetchall()


def seconds(summaries: dict[str, Any]) -> str:
    """`duckdb 8, spark 180`."""
    return ", ".join(f"{name} {summary.seconds:.0f}" for name, summary in summaries.items())
