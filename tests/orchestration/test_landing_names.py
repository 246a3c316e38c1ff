"""What files are called, where they truly lie, and what their headers may say."""

import json
import os
from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.home import Home
from orchestration.landing import land, ledger
from orchestration.landing.delivery import last_date

GOOD = (
    "call_id,entered_at,is_answered,customer_id,wait_seconds,csat\n"
    "c1,2026-02-03 09:00:00,Y,0611111111,12,5\n"
    "c2,2026-02-03 09:05:00,N,0622222222,40,\n"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("TELLTALE_KEY_FILE", str(tmp_path / "keys" / "key"))
    home = Home.at(tmp_path / "home")
    folder(home).mkdir(parents=True)
    return home


def folder(home: Home) -> Path:
    return home.deliveries / "call_list" / "calls"


@pytest.mark.parametrize(
    ("header", "said", "secrets"),
    [
        (
            "call_id,Marie Dupont,0611111111,m@x.org,12 rue X,wait_seconds",
            "found: call_id, Marie Dupont, wait_seconds, and 3 names that no contract knows",
            ("0611111111", "m@x.org", "rue"),
        ),
        (
            "c1,Marie Dupont,0611111111",
            "found: 3 names that no contract knows; does the file have a header?",
            ("Dupont", "c1", "0611111111"),
        ),
        (
            "Anrufnummer,Beginn,angenommen?",
            "found: 3 names that no contract knows to do:",
            ("Beginn",),
        ),
        (
            "call_id,Beginn,2026-02-03",
            "found: call_id, Beginn, and 1 name that no contract knows to do:",
            ("02-03",),
        ),
        ("Marie Dupont,c1,Marie Dupont", "the header says one name twice", ("Dupont",)),
        ("call_id,shoe size,call-id", 'the header names "call-id" twice', ()),
    ],
)
def test_a_refused_header_shows_names_and_no_data(
    home: Home, header: str, said: str, secrets: tuple[str, ...]
) -> None:
    (folder(home) / "calls.csv").write_text(f"{header}\n1,2,3\n")
    summary = land(home)
    message = " ".join((summary.files[0].message_text or "").split())
    assert said in message
    told = "\n".join([*summary.lines(), *(path.read_text() for path in home.ledger.glob("*"))])
    assert not [secret for secret in secrets if secret in told]


def test_columns_left_out_are_recorded_and_shown_by_name_only(home: Home) -> None:
    header, rest = GOOD.split("\n", 1)
    rows = rest.replace("\n", ",,,\n")
    (folder(home) / "calls.csv").write_text(f"{header},shoe size,0633333333,\n{rows}")
    said = " ".join(" ".join(land(home).lines()).split())
    assert (
        "ignored call_list/calls: shoe size, 1 that may be data and are not shown (1 file)" in said
    )
    assert "[sources.call_list.aliases]" in said and "0633333333" not in said
    (record,) = ledger.read(home)
    assert record.verdict_code == "accepted"
    assert record.ignored_columns == ("shoe size", "(not shown)")


def test_columns_of_the_header_and_constants_are_recorded(home: Home) -> None:
    home.settings_file.write_text("[sources.call_list.constants]\nis_answered = true\n")
    text = GOOD.replace("is_answered,", "").replace(",Y,", ",").replace(",N,", ",")
    (folder(home) / "calls.csv").write_text(text.replace("wait_seconds", "Attente"))
    land(home)
    (record,) = ledger.read(home)
    delivered = ("call_id", "entered_at", "customer_id", "wait_seconds", "csat_answer_text")
    assert record.delivered_columns == delivered
    assert record.constant_columns == ("is_answered", "csat_scale_code")


def test_a_record_that_kept_no_header_is_judged_anew(home: Home) -> None:
    (folder(home) / "calls.csv").write_text(GOOD)
    land(home)
    (path,) = home.ledger.glob("*.json")
    values = json.loads(path.read_text())
    for name in ("delivered_columns", "constant_columns"):
        del values[name]
    path.write_text(json.dumps(values))
    assert ledger.read(home)[0].delivered_columns is None
    assert land(home).files[0].status_code == "landed"
    assert ledger.read(home)[0].delivered_columns is not None


def test_controls_in_names_are_escapes_everywhere(home: Home) -> None:
    names = ("a\x1b[31m\n.csv", "b\u202e.doc\x07", "c\udcff.csv")
    for number, name in enumerate(names):
        text = GOOD.replace("c1", f"d{number}")
        (folder(home) / os.fsencode(name).decode("utf-8", "surrogateescape")).write_text(text)
    odd = home.deliveries / "call\x1blist" / "x\ny"
    odd.mkdir(parents=True)
    (odd / "calls.csv").write_text(GOOD)
    summary = land(home)
    lines = list(summary.lines())
    assert all(line.isprintable() for line in lines)
    told = [
        name
        for file in summary.files
        for name in (file.path, *(file.message_text or "").split("\n"))
    ]
    assert all(text.isprintable() for text in told)
    assert {one.file_name for one in ledger.read(home)} == {
        r"a\x1b[31m\x0a.csv",
        r"b\u202e.doc\x07",
        r"c\udcff.csv",
    }
    assert any(r"call\x1blist/x\x0ay/calls.csv" in line for line in lines)
    assert {file.status_code for file in land(home).files} == {"known", "misplaced"}


def test_links_out_of_deliveries_are_told_and_never_read(home: Home, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text(GOOD.replace("c1", "c9"))
    (folder(home) / "calls.csv").write_text(GOOD)
    (folder(home) / "inside.csv").symlink_to(folder(home) / "calls.csv")
    (folder(home) / "secret.csv").symlink_to(outside / "secret.csv")
    (folder(home) / "gone.csv").symlink_to(outside / "gone.csv")
    (folder(home) / "year").symlink_to(outside)
    (home.deliveries / "again").symlink_to(home.deliveries / "call_list")
    (folder(home) / ".hidden.csv").symlink_to(outside / "secret.csv")
    summary = land(home)
    assert {file.path: file.status_code for file in summary.files} == {
        "again": "misplaced",
        "call_list/calls/calls.csv": "landed",
        "call_list/calls/gone.csv": "misplaced",
        "call_list/calls/inside.csv": "duplicate",
        "call_list/calls/secret.csv": "misplaced",
        "call_list/calls/year": "misplaced",
    }
    assert summary.has_faults
    for file in summary.files:
        if file.status_code == "misplaced":
            assert "to do: " in (file.message_text or "")
    assert len(ledger.read(home)) == 1


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("calls_20260204.csv", "2026-02-04"),
        ("calls_2026-02-04_to_2026-02-10.csv", "2026-02-10"),
        ("calls_20260204_v99999999.csv", "2026-02-04"),
        ("1234-20260204.csv", "2026-02-04"),
        ("calls_20260204093000.csv", None),
        ("calls_00120204_0120260204.csv", None),
        ("calls_20260230.csv", None),
        ("calls.csv", None),
    ],
)
def test_the_last_date_of_a_name_counts(name: str, found: str | None) -> None:
    pattern = r"(\d{4}-?\d{2}-?\d{2})"
    assert last_date(pattern, name) == (date.fromisoformat(found) if found else None)


def test_an_instant_far_ahead_costs_its_row(home: Home) -> None:
    text = GOOD.replace("2026-02-03 09:05:00", "2099-02-03 09:05:00")
    (folder(home) / "calls.csv").write_text(text)
    os.utime(folder(home) / "calls.csv", (0, 0))
    query = (
        "copy (select 'p' || range as call_id, true as is_answered, case range when 0 then "
        "timestamp '2026-01-01' when 1 then timestamp '2099-01-01' else 'infinity' end "
        f"as entered_at from range(3)) to '{folder(home) / 'calls.parquet'}'"
    )
    duckdb.execute(query)
    land(home)
    counts = {one.file_name: (one.accepted_count, one.rejected_count) for one in ledger.read(home)}
    assert counts == {"calls.csv": (1, 1), "calls.parquet": (1, 2)}
    files = home.quarantine / "call_list" / "calls" / "*.parquet"
    columns = "reason_code, column_name, line_number, row_text"
    found = duckdb.execute(f"select {columns} from read_parquet('{files}')").fetchall()
    assert {row[:2] for row in found} == {("E_TIME_FUTURE", "entered_at")}
    assert all(json.loads(row[3]) for row in found)
