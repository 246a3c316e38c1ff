"""Every way in which a file can be wrong, and what the door says to it."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import TelltaleError
from orchestration.home import Home
from orchestration.landing import LandingSummary, land, ledger, read_contracts, undo, withdraw

HEADER = "call_id,entered_at,is_answered,customer_id,wait_seconds,csat"
ROWS = [
    "c1,2026-02-03 09:00:00,Y,0611111111,12,5",
    "c2,2026-02-03 09:05:00,N,0622222222,40,",
    "c3,2026-02-03 09:10:00,Y,0611111111,7,3",
]
GOOD = "\n".join([HEADER, *ROWS]) + "\n"

Put = Callable[..., Path]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("TELLTALE_KEY_FILE", str(tmp_path / "keys" / "key"))
    home = Home.at(tmp_path / "home")
    home.root.mkdir()
    return home


@pytest.fixture
def put(home: Home) -> Put:
    def put_file(content: str | bytes, name: str = "calls.csv", table: str = "call_list/calls"):
        path = home.deliveries / table / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return put_file


def settings(home: Home, text: str) -> None:
    home.settings_file.write_text(f"[sources.call_list]\n{text}\n", encoding="utf-8")


def raw(home: Home, columns: str = "*", table: str = "call_list/calls") -> list[tuple]:
    files = home.raw / table / "*.parquet"
    query = f"select {columns} from read_parquet('{files}') order by delivery_id, line_number"
    return duckdb.execute(query).fetchall()


def quarantine(home: Home, columns: str, table: str = "call_list/calls") -> list[tuple]:
    files = home.quarantine / table / "*.parquet"
    query = f"select {columns} from read_parquet('{files}') order by line_number, column_name"
    return duckdb.execute(query).fetchall()


def only(summary: LandingSummary) -> ledger.DeliveryRecord:
    assert len(summary.files) == 1
    record = summary.files[0].record
    assert record is not None
    assert record.read_count == (
        record.accepted_count + record.rejected_count + record.duplicate_count
    )
    return record


def test_a_good_file_lands_once(home: Home, put: Put) -> None:
    put(GOOD)
    record = only(land(home))
    assert (record.verdict_code, record.accepted_count) == ("accepted", 3)
    assert [row[0] for row in raw(home, "csat_scale_code")] == ["points_1_5"] * 3
    assert raw(home, "line_number") == [(2,), (3,), (4,)]
    before = sorted(home.raw.rglob("*.parquet"))[0].stat().st_mtime_ns
    again = land(home)
    assert [file.status_code for file in again.files] == ["known"]
    assert sorted(home.raw.rglob("*.parquet"))[0].stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("lacking.csv", GOOD.replace("is_answered", "what"), "E_MISSING_COLUMN"),
        ("twice.csv", GOOD.replace("csat", "wait_seconds"), "E_HEADER"),
        ("book.csv", b"PK\x03\x04 not text", "E_NOT_WHAT_IT_SAYS"),
        ("book.xlsx", GOOD.replace("c3", "b3"), "E_NOT_WHAT_IT_SAYS"),
        ("torn.xlsx", b"PK\x03\x04" + b"\0" * 60, "E_TRUNCATED"),
        ("plain.csv.gz", GOOD.replace("c3", "b3"), "E_NOT_WHAT_IT_SAYS"),
        ("torn.csv.gz", gzip.compress(GOOD.encode() * 50)[:-30], "E_TRUNCATED"),
        ("torn.parquet", b"PAR1" + b"\0" * 60, "E_TRUNCATED"),
        ("torn.json", '[{"call_id": "c1", "entered_at": "2026', "E_TRUNCATED"),
        ("torn.jsonl", '{"call_id": "c1"}\n{"call_id": ', "E_TRUNCATED"),
        ("list.doc", GOOD.replace("c3", "b3"), "E_NOT_WHAT_IT_SAYS"),
        ("nothing.csv", b"", "E_EMPTY"),
        ("header.csv", HEADER + "\n", "E_EMPTY"),
        ("blank.csv", "\n\n", "E_EMPTY"),
        ("latin.csv", GOOD.replace("c1", "café").encode("cp1252"), "E_ENCODING"),
        ("wide.csv", GOOD.encode("utf-16"), "E_ENCODING"),
        ("quote.csv", GOOD.replace("c2,", '"c2,'), "E_QUOTE"),
        ("inside.csv", GOOD.replace("c2,", '"c"2,'), "E_QUOTE"),
        ("mixed.csv", GOOD.replace("\n", "\r\n", 2), "E_DIALECT"),
    ],
)
def test_a_broken_file_is_refused_and_the_others_land(
    home: Home, put: Put, name: str, content: str | bytes, code: str
) -> None:
    put(content, name)
    put(GOOD, "good.csv")
    summary = land(home)
    records = {file.file_name: file.record for file in summary.files}
    record = records[name]
    assert record is not None
    assert (record.verdict_code, record.reason_code) == ("refused", code)
    assert record.raw_path is None
    first, *more = (record.message_text or "").split("\n")
    assert first.startswith(f"{name}: ")
    assert any(line.startswith(("  expected: ", "  is_answered: ")) for line in more)
    assert any(line.startswith("  to do: ") for line in more)
    assert all(line.startswith("  ") and len(line) <= 100 for line in more)
    assert len(raw(home)) == 3


def test_encoding_and_quote_faults_say_where(home: Home, put: Put) -> None:
    put(GOOD.replace("c2", "é2").encode("cp1252"))
    offset = GOOD.index("c2")
    message = only(land(home)).message_text or ""
    assert f"byte {offset} (line 3)" in message
    put(GOOD.replace("c2,", '"c2,'))
    message = only(land(home)).message_text or ""
    assert "begins on line 3" in message


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        (",40,", ",soon,", "E_TYPE", "wait_seconds"),
        (",40,", ",-40,", "E_TIME_DURATION", "wait_seconds"),
        (",40,", ",90000,", "E_TIME_DURATION", "wait_seconds"),
        ("09:05:00,N", "09:05:00,maybe", "E_TYPE", "is_answered"),
        ("09:05:00,N", "09:05:00,", "E_REQUIRED", "is_answered"),
        ("2026-02-03 09:05:00", "03/02/2026 09:05:00", "E_TYPE", "entered_at"),
        ("2026-02-03 09:05:00", "2026-02-30 09:05:00", "E_TYPE", "entered_at"),
        ("2026-02-03 09:05:00", "2026-02-03 24:00:00", "E_TYPE", "entered_at"),
        ("2026-02-03 09:05:00", "03/02/26", "E_TYPE", "entered_at"),
        ("2026-02-03 09:05:00", "2026-03-29 02:30:00", "E_TIME_GAP", "entered_at"),
        ("0622222222,40,", "0622222222,40,6", "E_SCALE", "csat_answer_text"),
        ("0622222222,40,", "0622222222,40,good", "E_SCALE", "csat_answer_text"),
        ("0622222222,40,", "0622222222,40", "E_COLUMNS", None),
        ("0622222222,40,", "0622222222,40,,", "E_COLUMNS", None),
        ("c2", "x" * (1 << 20) + "y", "E_TEXT_SIZE", "call_id"),
    ],
)
def test_one_wrong_value_costs_one_row(
    home: Home, put: Put, old: str, new: str, code: str, column: str | None
) -> None:
    put(GOOD.replace(old, new))
    record = only(land(home))
    assert record.verdict_code == "accepted_with_rejects"
    assert (record.accepted_count, record.rejected_count) == (2, 1)
    found = quarantine(home, "line_number, reason_code, column_name")
    assert found == [(3, code, column)]
    assert raw(home, "call_id") == [("c1",), ("c3",)]


def test_a_row_with_two_faults_counts_once(home: Home, put: Put) -> None:
    put(GOOD.replace("09:05:00,N", "09:05:00,").replace(",40,", ",soon,"))
    assert only(land(home)).rejected_count == 1
    assert len(quarantine(home, "reason_code")) == 2


def test_lines_whose_columns_cannot_be_told_apart_keep_only_their_place(
    home: Home, put: Put
) -> None:
    put(GOOD.replace("0622222222,40,", "0622222222,40"))
    only(land(home))
    ((text, found),) = quarantine(home, "row_text, found_text")
    place = json.loads(text)
    line = GOOD.splitlines()[2][:-1] + "\n"
    assert place == {"byte_offset": GOOD.index("c2"), "byte_count": len(line)}
    assert found == "5 fields"


def test_persons_are_pseudonyms_everywhere_but_in_deliveries(home: Home, put: Put) -> None:
    put(GOOD.replace("09:05:00,N", "09:05:00,maybe").replace("12,5", "12,9"))
    put(GOOD.replace("0622222222,40,", "0622222222,40,1,1,1"), "long.csv")
    put(GOOD.replace("c2,", '"c2,'), "quote.csv")
    land(home)
    for path in home.root.rglob("*"):
        if path.is_file() and not path.is_relative_to(home.deliveries):
            assert b"0622222222" not in path.read_bytes(), path
            if path.suffix == ".parquet":
                rows = duckdb.execute(f"select * from read_parquet('{path}')").fetchall()
                assert "06222" not in str(rows)
                assert "06111" not in str(rows)
    texts = [json.loads(text) for (text,) in quarantine(home, "row_text") if "customer" in text]
    assert {len(text["customer_id"]) for text in texts} == {32}
    assert len({row[0] for row in raw(home, "customer_id")}) <= 2


def test_the_key_stays_outside_and_stays_the_same(
    home: Home, put: Put, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put(GOOD)
    land(home)
    assert (tmp_path / "keys" / "key").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("TELLTALE_KEY_FILE", str(tmp_path / "other"))
    put(GOOD.replace("c1", "c9"), "more.csv")
    with pytest.raises(TelltaleError, match="not the key"):
        land(home)
    monkeypatch.setenv("TELLTALE_KEY_FILE", str(home.root / "key"))
    with pytest.raises(TelltaleError, match="inside the home"):
        land(home)


def test_a_file_sent_again_is_a_duplicate(home: Home, put: Put) -> None:
    put(GOOD)
    put(GOOD, "copy.csv")
    summary = land(home)
    assert sorted(file.status_code for file in summary.files) == ["duplicate", "landed"]
    assert (summary.read_count, summary.accepted_count, summary.duplicate_count) == (6, 3, 3)
    assert len(raw(home)) == 3
    assert {file.status_code for file in land(home).files} == {"known"}


def test_a_row_repeated_inside_a_file_is_kept_once(home: Home, put: Put) -> None:
    put(GOOD + ROWS[0] + "\n" + ROWS[0] + "\n" + ROWS[1].replace(",40", ",41") + "\n")
    record = only(land(home))
    assert (record.read_count, record.accepted_count, record.duplicate_count) == (6, 4, 2)
    assert raw(home, "line_number") == [(2,), (3,), (4,), (7,)]


def test_any_order_of_columns_gives_the_same_rows(home: Home, put: Put) -> None:
    put(GOOD)
    order = [5, 2, 0, 4, 1, 3]
    turned = [line.split(",") for line in GOOD.splitlines()]
    put("\n".join(",".join(line[at] for at in order) for line in turned) + "\n", "turned.csv")
    land(home)
    first, second = ({row[0] for row in raw(home, "row_hash")[at : at + 3]} for at in (0, 3))
    assert first == second


def test_a_french_file_equals_the_plain_one(home: Home, put: Put) -> None:
    put(GOOD.replace("c1", "é1"), table="call_list/calls", name="plain.csv")
    land(home)
    plain = {row[0] for row in raw(home, "row_hash")}
    settings(home, 'encoding = "cp1252"\ndate_order = "dmy"\ndecimal_mark = ","')
    (home.deliveries / "call_list" / "calls" / "plain.csv").unlink()
    french = (
        "Identifiant appel;Date;Heure;Décroché;Numéro client;Durée d'attente;Note satisfaction\r\n"
        "é1;03/02/2026;09:00:00;oui;0611111111;12,7;5\r\n"
        "c2;3/2/2026;09:05;non;0622222222;00:00:40;\r\n"
        "c3;03/02/2026;9:10:00;oui;0611111111;7;3\r\n"
    )
    put(french.replace("Durée d'attente", "Durée attente").encode("cp1252"), "french.csv")
    record = next(file.record for file in land(home).files if file.status_code == "landed")
    assert record is not None
    files = home.root / (record.raw_path or "")
    found = duckdb.execute(f"select row_hash from read_parquet('{files}')").fetchall()
    assert {row[0] for row in found} == plain


def test_a_bom_quoted_newlines_and_blank_lines_are_read(home: Home, put: Put) -> None:
    put(b"\xef\xbb\xbf" + GOOD.replace("c2", '"c\n""2"').replace("c3", "\nc3").encode())
    record = only(land(home))
    assert record.accepted_count == 3
    assert raw(home, "call_id, line_number") == [("c1", 2), ('c\n"2', 3), ("c3", 6)]


def test_no_final_newline_is_noted(home: Home, put: Put) -> None:
    put(GOOD.rstrip("\n"))
    record = only(land(home))
    assert record.accepted_count == 3
    assert "no final newline" in record.warnings[0]


def test_local_times_that_came_twice_are_the_first_and_counted(home: Home, put: Put) -> None:
    twice = "c2,2026-10-25 02:30:00,N"
    put(GOOD.replace("c2,2026-02-03 09:05:00,N", twice) + "c4,2026-10-25T02:30:00+01:00,Y,,,\n")
    record = only(land(home))
    assert any(warning.startswith("1 local times") for warning in record.warnings)
    instants = [str(row[0]) for row in raw(home, "entered_at")]
    assert instants == [
        "2026-02-03 08:00:00", "2026-10-25 00:30:00", "2026-02-03 08:10:00", "2026-10-25 01:30:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-07-03 8:02:42 AM", "2026-07-03 06:02:42"),
        ("2026-07-03 12:02 am", "2026-07-02 22:02:00"),
        ("2026-07-03 12:02:42 p.m.", "2026-07-03 10:02:42"),
        ("2026-07-03T08:02:42Z", "2026-07-03 08:02:42"),
        ("2026-07-03 08:02:42.5 +0530", "2026-07-03 02:32:42.500000"),
        ("2026-07-03 08:02+03", "2026-07-03 05:02:00"),
        ("2026/7/3 08:02", "2026-07-03 06:02:00"),
        ("2026-07-03 08:02:42 UTC", "2026-07-03 08:02:42"),
    ],
)
def test_clocks_as_people_write_them(home: Home, put: Put, text: str, instant: str) -> None:
    put(GOOD.replace("2026-02-03 09:05:00", text))
    assert only(land(home)).accepted_count == 3
    assert str(raw(home, "entered_at")[1][0]) == instant


def test_wrong_settings_name_the_nearest_word(home: Home, put: Put) -> None:
    put(GOOD)
    for text, said in (
        ('date_ordre = "dmy"', 'did you mean "date_order"'),
        ('zone = "Europe/Pariss"', 'did you mean "Europe/Paris"'),
        ('date_order = "dym"', "one of 'ymd'"),
        ("[sources.call_list.constants]\nis_answerd = true", 'did you mean "is_answered"'),
        ("[sources.call_lists]", 'did you mean "call_list"'),
    ):
        settings(home, text)
        with pytest.raises(TelltaleError, match=said):
            land(home)


def test_a_changed_contract_lands_the_file_again(home: Home, put: Put) -> None:
    put(GOOD.replace("is_answered", "taken"))
    assert only(land(home)).reason_code == "E_MISSING_COLUMN"
    settings(home, '[sources.call_list.aliases]\nis_answered = ["taken"]')
    assert only(land(home)).verdict_code == "accepted"
    settings(home, 'zone = "UTC"\n[sources.call_list.aliases]\nis_answered = ["taken"]')
    only(land(home))
    assert str(raw(home, "entered_at")[0][0]) == "2026-02-03 09:00:00"
    settings(home, 'zone = "UTC"')
    assert only(land(home)).verdict_code == "refused"
    assert not list(home.raw.rglob("*.parquet"))


def test_misplaced_and_unfinished_files_are_told_apart(home: Home, put: Put) -> None:
    put(GOOD, table="call_list/call")
    put(GOOD, table="call_lists/calls")
    for name in (".hidden.csv", "calls.csv.part", "~$calls.xlsx", "x.tmp"):
        put(GOOD, name)
    put(GOOD, "good.csv")
    summary = land(home)
    assert [file.status_code for file in summary.files] == ["misplaced", "landed", "misplaced"]
    assert 'did you mean "calls"' in (summary.files[0].message_text or "")
    assert 'did you mean "call_list"' in (summary.files[2].message_text or "")
    assert len(ledger.read(home)) == 1


def test_a_file_that_grows_while_it_is_read_waits(
    home: Home, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(GOOD)
    from orchestration.landing import delivery

    kept = delivery.open_file

    def grow(*arguments):
        reader = kept(*arguments)
        path.write_text(GOOD + ROWS[0].replace("c1", "c4") + "\n")
        return reader

    monkeypatch.setattr(delivery, "open_file", grow)
    assert [file.status_code for file in land(home).files] == ["unstable"]
    assert not ledger.read(home)
    monkeypatch.setattr(delivery, "open_file", kept)
    assert only(land(home)).accepted_count == 4


def test_an_interrupted_run_leaves_nothing_that_counts(
    home: Home, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(GOOD)
    with monkeypatch.context() as broken:

        def stop(*_):
            raise KeyboardInterrupt

        broken.setattr(ledger, "commit", stop)
        with pytest.raises(KeyboardInterrupt):
            land(home)
    assert list(home.raw.rglob("*.parquet"))
    assert not ledger.read(home)
    (home.raw / "call_list" / "calls" / "stray.parquet").write_bytes(b"PAR1")
    only(land(home))
    assert len(list(home.raw.rglob("*.parquet"))) == 1


def test_an_empty_file_may_be_allowed(home: Home, put: Put) -> None:
    settings(home, "may_be_empty = true")
    put(HEADER + "\n")
    record = only(land(home))
    assert (record.verdict_code, record.reason_code, record.raw_path) == (
        "empty_allowed",
        None,
        None,
    )


def test_the_date_in_the_name_and_the_columns_left_out_are_recorded(home: Home, put: Put) -> None:
    put(GOOD.replace("csat", "shoe size"), "calls_20260204.csv")
    record = only(land(home))
    assert record.delivered_date == "2026-02-04"
    assert record.ignored_columns == ("shoe size",)
    assert str(raw(home, "delivered_date")[0][0]) == "2026-02-04"


def test_withdrawing_says_what_it_means(home: Home, put: Put) -> None:
    put(GOOD)
    put(GOOD.replace("c1", "c7"), "other.csv")
    put(GOOD.replace("c1", "c8"), "again/other.csv")
    land(home)
    with pytest.raises(TelltaleError, match=r"may mean 2(.|\n)*calls/again/other.csv"):
        withdraw(home, "other.csv")
    assert len(withdraw(home, "call_list/calls/again")) == 1
    assert len(withdraw(home, "call_list/calls")) == 2
    with pytest.raises(TelltaleError, match="These 3 deliveries are withdrawn already"):
        withdraw(home, "call_list/calls/")
    assert len(undo(home, "call_list/calls")) == 3
    path = home.deliveries / "call_list" / "calls" / "other.csv"
    for name in (str(path), "call_list/calls/other.csv"):
        (record,) = withdraw(home, name)
        assert record.file_name == "other.csv"
        assert withdrawn(home) == {"other.csv"}
        with pytest.raises(TelltaleError, match=r"already(.|\n)*--undo"):
            withdraw(home, record.delivery_id[:10])
        assert undo(home, record.delivery_id[:10])[0].undone_at
        assert not withdrawn(home)
        with pytest.raises(TelltaleError, match="not withdrawn"):
            undo(home, name)
    kept = json.loads((home.withdrawals / f"{record.delivery_id}.json").read_text("utf-8"))
    assert len(kept["earlier"]) == 2 and all(map(all, kept["earlier"]))
    with pytest.raises(TelltaleError, match="no delivery"):
        withdraw(home, "nothing.csv")


def withdrawn(home: Home) -> set[str]:
    return {one.file_name for one in ledger.read(home) if one.is_withdrawn}


def test_rows_of_json_workbook_and_parquet_equal_those_of_csv(home: Home, put: Put) -> None:
    import openpyxl

    put(GOOD)
    names = HEADER.split(",")
    rows = [dict(zip(names, row.split(","), strict=True)) for row in ROWS]
    put(json.dumps(rows), "calls.json")
    lines = [json.dumps({**row, "wait_seconds": float(row["wait_seconds"])}) for row in rows]
    put("\n".join(lines) + "\n", "calls.jsonl")
    put(gzip.compress(GOOD.replace("c1", " c1").encode()), "calls.csv.gz")
    put(GOOD.replace(",", "\t"), "calls.tsv")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(names)
    for row in rows:
        sheet.append([*list(row.values())[:4], int(row["wait_seconds"]), row["csat"] or None])
    book.save(put(b"", "calls.xlsx"))
    typed = "* replace (entered_at::timestamp as entered_at, wait_seconds::double as wait_seconds)"
    source = home.deliveries / "call_list" / "calls"
    duckdb.execute(
        f"copy (select {typed} from read_csv('{source / 'calls.csv'}', all_varchar = true)) "
        f"to '{source / 'calls.parquet'}'"
    )
    summary = land(home)
    assert [file.status_code for file in summary.files] == ["landed"] * 7
    assert summary.accepted_count == 21
    assert len({row[0] for row in raw(home, "row_hash")}) == 3


def test_every_contract_says_what_its_columns_mean() -> None:
    contracts = read_contracts()
    assert len([name for name in contracts if name[0] == "standard"]) == 15
    for contract in contracts.values():
        assert contract.key
        people = [column for column in contract.columns if column.name == "customer_id"]
        assert all(column.pseudonymise for column in people)
        assert "updated_at" in [column.name for column in contract.columns]


def test_a_refused_file_under_its_right_name_is_read(home: Home, put: Put) -> None:
    path = put(GOOD, "calls.doc")
    assert only(land(home)).reason_code == "E_NOT_WHAT_IT_SAYS"
    put(GOOD, "calls.csv")
    statuses = {file.file_name: file.status_code for file in land(home).files}
    assert statuses == {"calls.csv": "landed", "calls.doc": "duplicate"}
    path.unlink()
    assert only(land(home)).accepted_count == 3


def test_a_damaged_parquet_file_stops_nobody(home: Home, put: Put) -> None:
    path = put(b"", "calls.parquet")
    duckdb.execute(
        "copy (select 'c' || range as call_id, timestamp '2026-01-01' as entered_at, "
        f"true as is_answered from range(50000)) to '{path}'"
    )
    data = bytearray(path.read_bytes())
    data[100:5000] = b"\xff" * 4900
    path.write_bytes(data)
    put(GOOD, "good.csv")
    codes = {file.file_name: file.record and file.record.reason_code for file in land(home).files}
    assert codes == {"calls.parquet": "E_TRUNCATED", "good.csv": None}


def test_odd_names_are_names_and_no_patterns(home: Home, put: Put) -> None:
    put(GOOD, "calls [1]*'.csv")
    put(
        '{"call_id": "\\ud800", "entered_at": "2026-01-01 10:00:00", "is_answered": 1}\n', "x.jsonl"
    )
    path = put(b"", "calls [2].parquet")
    plain = home.root / "plain.parquet"
    duckdb.execute(
        "copy (select 'c' as call_id, timestamp '2026-01-01' as entered_at, true as is_answered) "
        f"to '{plain}'"
    )
    plain.rename(path)
    statuses = {file.file_name: file.status_code for file in land(home).files}
    assert statuses == {
        "calls [1]*'.csv": "landed",
        "calls [2].parquet": "landed",
        "x.jsonl": "refused",
    }


def test_a_raw_file_that_was_lost_is_made_again(home: Home, put: Put) -> None:
    put(GOOD)
    land(home)
    next(home.raw.rglob("*.parquet")).unlink()
    assert only(land(home)).accepted_count == 3
    assert len(raw(home)) == 3
