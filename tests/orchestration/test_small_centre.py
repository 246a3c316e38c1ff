"""One small centre whose files hold what is easily misread, and what its figures must be."""

import csv
from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from orchestration.home import Home
from tests.kpis.deliver import write_list

DAY = "2026-03-02"
PICKED_UP = {"outcome_code": "answered", "answered_at": f"{DAY} 09:00:10"}
PICKED_UP |= {"ended_at": f"{DAY} 09:05:00"}
TAKEN = {"outcome_code": "callback_taken", "ended_at": f"{DAY} 09:01:00"}
BACK = {"direction_code": "outbound", "outcome_code": "answered"}
BACK |= {"entered_at": "2026-03-03 11:59:00", "ended_at": "2026-03-03 12:05:00"}
LEGS: list[dict[str, Any]] = [
    {"contact_id": "closed_late", "channel_code": "E-Mail", "outcome_code": "answered"}
    | {"wait_seconds": 90_000},
    {"contact_id": "replied", "channel_code": "email", "answered_at": f"{DAY} 10:00:00"},
    {"contact_id": "open", "channel_code": "Courriel"},
    {"contact_id": "bot", "channel_code": "Chatbot"} | PICKED_UP,
    {"contact_id": "passed_on", "channel_code": "Hot Line", "transferred_at": f"{DAY} 09:05:00"}
    | PICKED_UP,
    {"contact_id": "fax", "channel_code": "Fax"} | PICKED_UP,
    {"contact_id": "gone", "outcome_code": "abandoned", "ended_at": f"{DAY} 09:00:09"},
    {"contact_id": "kept", "callback_promised_at": f"{DAY} 12:00:00"} | TAKEN,
    {"contact_id": "unknown"} | TAKEN,
    {"contact_id": "c1", "callback_of_contact_id": "kept", "answered_at": "2026-03-03 11:59:30"}
    | BACK,
    {"contact_id": "c2", "callback_of_contact_id": "unknown"} | BACK,
]
USUAL = {"leg_number": 1, "direction_code": "inbound", "channel_code": "phone", "queue_id": "q"}
USUAL |= {"entered_at": f"{DAY} 09:00:00", "transfer_kind_code": ""}
TICKETS = [
    {"ticket_id": f"t{number}", "created_at": f"{DAY} 09:00:00", "resolved_at": resolved}
    for number, resolved in enumerate([f"{DAY} 10:00:00"] * 4 + [""] * 4)
]
TICKETS.append({"ticket_id": "last", "created_at": "2026-03-19 09:00:00"})
TICKETS[-1]["resolved_at"] = "2026-03-20 09:00:00"


def deliver(home: Home, table: str, rows: list[dict[str, Any]]) -> None:
    """Write rows as one csv file, without a column that says when they were updated."""
    folder = home.deliveries / "standard" / table
    folder.mkdir(parents=True)
    with (folder / "export.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory, run_replayed: Callable[..., Any]) -> Any:
    home = Home.at(tmp_path_factory.mktemp("small") / "home")
    deliver(home, "contact_legs", [USUAL | leg for leg in LEGS])
    deliver(home, "tickets", TICKETS)
    write_list(home, "channels", [{"word_text": "hotline", "channel_code": "Phone"}])
    targets = [
        {"kpi_id": "short_abandon_rate", "threshold_seconds": 10},
        {"kpi_id": "resolution_in_target_rate", "threshold_seconds": 86_400},
    ]
    write_list(home, "kpi_targets", targets)
    return home, run_replayed(home).landing


@pytest.fixture(scope="module")
def figures(centre: Any) -> dict[str, tuple[Any, ...]]:
    """Numerator, denominator and eligible events of the company over all days, by KPI."""
    query = """
        select kpi_id, numerator, denominator, eligible_count from marts.kpi_components
        where scope_code = 'company' and period_code = 'all'
    """
    with duckdb.connect(str(centre[0].warehouse), read_only=True) as connection:
        found = connection.execute(query).fetchall()
    return {kpi_id: (int(above), below, eligible) for kpi_id, above, below, eligible in found}


@pytest.mark.parametrize(
    ("kpi_id", "expected"),
    [
        ("resolution_in_target_rate", (5, 9, 9)),  # not 5 of 5, as if nobody were late yet
        ("digital_contact_rate", (2, 5, 6)),  # nobody knows whether a fax is digital
        ("service_level", (3, 7, 8)),  # the mails: a day late, replied to, open for too long
        ("short_abandon_rate", (1, 7, 7)),
        ("answer_rate", (5, 5, 6)),  # nobody says when the second customer was called back
        ("callback_reached_rate", (2, 2, 2)),
        ("callback_in_promise_rate", (1, 1, 2)),
        ("transfer_rate", (0, 3, 4)),  # passed on, and nobody says how
    ],
)
def test_what_is_unknown_is_in_neither_sum(
    kpi_id: str, expected: tuple[int, ...], figures: dict[str, tuple[Any, ...]]
) -> None:
    assert figures[kpi_id] == expected


def test_no_row_is_refused_and_unknown_words_are_counted(centre: Any) -> None:
    landing = centre[1]
    assert landing.rejected_count == 0
    said = " ".join(landing.words["standard", "contact_legs"])
    assert '"Fax" (1 row)' in said and "Line" not in said


def test_as_of_is_the_latest_instant_of_the_past(centre: Any) -> None:
    with duckdb.connect(str(centre[0].warehouse), read_only=True) as connection:
        found = connection.execute("select as_of_at from intermediate.int_as_of").fetchone()
        known = connection.execute(
            "select channel_code from marts.dim_channels where is_digital is null order by 1"
        ).fetchall()
    assert str((found or [None])[0]) == "2026-03-20 09:00:00"
    assert known == [("Fax",), ("unassigned",)]
