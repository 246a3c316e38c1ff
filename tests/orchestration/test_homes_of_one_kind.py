"""Homes that deliver one kind of file: what they tell, what they cannot, and what is said first.

Each is a home of its own, because what a home can tell follows from all that it delivers.
"""

import csv
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from rich.console import Console

from orchestration.headline import headline
from orchestration.home import Home
from orchestration.publication.versions import current_version

Run = Callable[..., Any]
START = datetime(2026, 2, 2, 9)

TICKETS = {"average_first_reply_seconds"}
LEGS = {
    "average_speed_of_answer_seconds",
    "answer_rate",
    "abandonment_rate",
    "short_abandon_rate",
    "system_loss_rate",
    "service_level",
    "average_wait_seconds",
    "accessibility_rate",
    "dissuasion_rate",
}
"""What a file of legs tells that has queue, outcome and instants alone."""


def moments(number: int) -> tuple[str, str, str]:
    """Entry, answer and end of a contact, as files write them."""
    at = START + timedelta(hours=number)
    instants = (at, at + timedelta(seconds=9 + number), at + timedelta(seconds=400))
    return tuple(instant.isoformat(sep=" ") for instant in instants)  # type: ignore[return-value]


def ticket_rows() -> list[list[str]]:
    """Tickets with a reply, half of them resolved."""
    rows = [["ticket_id", "created_at", "first_human_reply_at", "resolved_at"]]
    for number in range(40):
        created, replied, resolved = moments(number)
        rows.append([f"t{number}", created, replied, resolved if number % 2 else ""])
    return rows


def survey_rows() -> list[list[str]]:
    """Answers about contacts that nobody delivers."""
    rows = [["response_id", "question_code", "contact_id", "scale_code", "answer_text"]]
    rows[0].append("answered_at")
    for number in range(40):
        rows.append([f"r{number}", "csat", f"c{number}", "points_1_5", "4", moments(number)[1]])
    return rows


def leg_rows() -> list[list[str]]:
    """Legs with the least that the contract asks for, and their instants."""
    rows = [["contact_id", "leg_number", "direction_code", "queue_id", "outcome_code"]]
    rows[0] += ["entered_at", "answered_at", "ended_at"]
    for number in range(60):
        entered, answered, ended = moments(number)
        is_answered = number % 5 > 0
        outcome = "answered" if is_answered else "abandoned"
        instants = [entered, answered if is_answered else "", ended]
        rows.append([f"c{number}", "1", "inbound", "sales", outcome, *instants])
    return rows


def made(home: Home, run_replayed: Run, table: str, rows: list[list[str]]) -> Home:
    """Run a home that delivers one file."""
    folder = home.deliveries / "standard" / table
    folder.mkdir(parents=True)
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    assert run_replayed(home).is_complete
    return home


def company(home: Home) -> dict[str, dict[str, Any]]:
    """The company's rows over everything as readers see them, by KPI."""
    database = home.published / f"{current_version(home)}" / "marts.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(
            "select * from kpi_values join dim_kpis using (kpi_id) "
            "where period_code = 'all' and scope_code = 'company'"
        )
        names = [column[0] for column in found.description or []]
        return {row[0]: dict(zip(names, row, strict=True)) for row in found.fetchall()}


def shown(home: Home) -> str:
    """What a person sees first, in one line of words."""
    console = Console(width=100, file=StringIO())
    console.print(headline(home))
    return " ".join(console.file.getvalue().split())  # type: ignore[attr-defined]


def check(home: Home, figures: set[str]) -> dict[str, dict[str, Any]]:
    """Every KPI has a row: those of `figures` a value, all others a reason and no value."""
    rows = company(home)
    assert len(rows) == 50
    assert {kpi_id for kpi_id, row in rows.items() if row["value"] is not None} == figures
    silent = [row for row in rows.values() if row["value"] is None and not row["reason_code"]]
    assert not silent
    return rows


def test_tickets_alone(tmp_path: Path, run_replayed: Run) -> None:
    home = made(Home.at(tmp_path / "home"), run_replayed, "tickets", ticket_rows())
    rows = check(home, TICKETS)
    assert rows["resolution_in_target_rate"]["reason_code"] == "not_listed"
    assert rows["answer_rate"]["reason_code"] == "not_delivered"
    said = shown(home)
    assert "2026-02-02 to 2026-02-04" in said
    assert "Average first reply time" in said and "None" not in said
    assert "Answer rate, Service level" in said and "contact_legs (or call_list/calls)" in said
    assert "resolution_in_target_rate in the list kpi_targets" in said


def test_surveys_alone(tmp_path: Path, run_replayed: Run) -> None:
    home = made(Home.at(tmp_path / "home"), run_replayed, "survey_answers", survey_rows())
    rows = check(home, set())
    assert rows["csat_score"]["lacking_text"] == "contact_legs"
    said = shown(home)
    assert "No KPI has a figure yet" in said and "None" not in said
    assert "CSAT (0-100), CSAT satisfied share: the table contact_legs" in said


@pytest.fixture(scope="module")
def leg_home(tmp_path_factory: pytest.TempPathFactory, run_replayed: Run) -> Home:
    """Legs with the fewest columns."""
    home = Home.at(tmp_path_factory.mktemp("legs") / "home")
    return made(home, run_replayed, "contact_legs", leg_rows())


def test_legs_with_the_fewest_columns(leg_home: Home) -> None:
    rows = check(leg_home, LEGS)
    for kpi_id in ("transfer_rate", "wrong_queue_rate", "selfcare_share", "digital_contact_rate"):
        assert rows[kpi_id]["reason_code"] == "not_delivered", kpi_id
    assert "the column customer_id of contact_legs" in shown(leg_home)


def test_headlines_are_in_the_order_of_the_definitions(leg_home: Home) -> None:
    rows = sorted(company(leg_home).values(), key=lambda row: row["list_number"])
    assert [row["list_number"] for row in rows] == list(range(1, 51))
    assert [row["kpi_id"] for row in rows[:2]] == ["answer_rate", "service_level"]
