"""One file may feed two raw tables: a delivery is its bytes in a table."""

import hashlib
import json
from pathlib import Path

import duckdb

from orchestration.home import Home
from orchestration.landing import ledger, withdraw
from orchestration.landing.arrival import land
from orchestration.landing.summary import LandingSummary

TICKETS = (
    "ticket_id,contact_id,created_at,response_id,question_code,scale_code,answered_at,answer_text\n"
    "t1,c1,2026-02-03 09:00:00,r1,csat,points_1_5,2026-02-03 11:00:00,5\n"
    "t2,c2,2026-02-03 09:30:00,r2,csat,points_1_5,2026-02-04 08:00:00,2\n"
)
TABLES = ("survey_answers", "tickets")


def put(home: Home, table: str, name: str = "export.csv", text: str = TICKETS) -> Path:
    path = home.deliveries / "standard" / table / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def statuses(summary: LandingSummary) -> dict[str, str]:
    return {file.path: file.status_code for file in summary.files}


def row_count(home: Home, table: str) -> int:
    files = home.raw / "standard" / table / "*.parquet"
    return duckdb.execute(f"select count(*) from read_parquet('{files}')").fetchall()[0][0]


def test_one_file_feeds_two_tables_and_is_one_delivery_in_each(home: Home) -> None:
    for table in TABLES:
        put(home, table)
    assert set(statuses(land(home)).values()) == {"landed"}
    records = ledger.read(home)
    assert [one.table_code for one in records] == list(TABLES)
    assert len({one.delivery_id for one in records}) == 2
    assert [one.accepted_count for one in records] == [2, 2]
    put(home, "tickets", "again.csv")
    withdraw(home, "standard/tickets/export.csv")
    assert statuses(land(home)) == {
        "standard/survey_answers/export.csv": "known",
        "standard/tickets/again.csv": "duplicate",
        "standard/tickets/export.csv": "known",
    }
    assert [row_count(home, table) for table in TABLES] == [2, 2]
    assert [one.is_withdrawn for one in ledger.read(home)] == [False, True]


def test_a_delivery_under_the_bytes_alone_stays_valid_and_is_not_doubled(home: Home) -> None:
    """Homes of before named a delivery by its bytes, so that it could be in one table only."""
    path = put(home, "tickets")
    land(home)
    (record,) = ledger.read(home)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    _rename(home, record.delivery_id, before)
    (home.state / "seen.json").unlink()
    moved = path.rename(path.with_name("moved.csv.part"))
    put(home, "survey_answers")
    (landed,) = land(home).files
    assert landed.record and "telltale withdraw standard/tickets/export.csv" in str(
        landed.record.warnings
    )
    moved.rename(path)
    summary = land(home)
    assert statuses(summary) == {
        "standard/survey_answers/export.csv": "known",
        "standard/tickets/export.csv": "known",
    }
    assert [row_count(home, table) for table in TABLES] == [2, 2]
    assert before in {one.delivery_id for one in ledger.read(home)}
    home.settings_file.write_text("[sources.standard]\ndate_order = 'dmy'\n", encoding="utf-8")
    land(home)
    judged = [one.delivery_id for one in ledger.read(home) if one.table_code == "tickets"]
    assert judged == [before]
    assert row_count(home, "tickets") == 2


def _rename(home: Home, found: str, wanted: str) -> None:
    """The home as it was written when a delivery was its bytes."""
    record = home.ledger / f"{found}.json"
    values = json.loads(record.read_text("utf-8").replace(found, wanted))
    (home.ledger / f"{wanted}.json").write_text(json.dumps(values), encoding="utf-8")
    record.unlink()
    raw = home.raw / "standard" / "tickets" / f"{found}.parquet"
    raw.rename(raw.with_name(f"{wanted}.parquet"))
