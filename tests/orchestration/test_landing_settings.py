"""Real files need settings: a small file for each thing that settings can say of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from orchestration.errors import TelltaleError
from orchestration.landing.contract import read_contracts
from orchestration.landing.delivery import Prepared, prepare
from orchestration.landing.header.effects import unused_settings
from orchestration.landing.header.overrides import check_settings
from orchestration.landing.ledger import DeliveryRecord
from orchestration.landing.readers.kinds import DeliveredFile
from orchestration.settings import Settings

KEY = b"k" * 32
Land = Callable[..., Prepared]
Rows = Sequence[list[Any]]


@pytest.fixture
def land_one(tmp_path: Path) -> Land:
    """`land_one(text or rows, name=..., **settings)`: one call list up to its suite."""

    def land(content: str | Rows, name: str = "", **source: Any) -> Prepared:
        path = tmp_path / (name or ("calls.csv" if isinstance(content, str) else "calls.xlsx"))
        if isinstance(content, str):
            path.write_text(content, "utf-8")
        else:
            book = openpyxl.Workbook()
            sheet = book.active
            assert sheet is not None
            for row in content:
                sheet.append(row)
            book.save(path)
        settings = Settings.model_validate({"sources": {"call_list": source}})
        contracts = read_contracts()
        check_settings(settings, contracts)
        contract = contracts["call_list", "calls"].under(settings)
        one = Prepared(contract, DeliveredFile.seen(path, tmp_path), path.name, "f")
        prepare(one, tmp_path / "scratch", KEY)
        return one

    return land


def values(one: Prepared, columns: str) -> list[tuple]:
    assert one.fault is None, one.fault
    assert one.candidates is not None, rejected(one)
    query = f"select {columns} from read_parquet('{one.candidates}') order by line_number"
    return duckdb.execute(query).fetchall()


def rejected(one: Prepared) -> list[tuple]:
    query = f"select line_number, column_name, found_text from read_parquet('{one.rejected}')"
    return duckdb.execute(query).fetchall()


HIDDEN = [
    ["call_id", "date", "time", "answered"],
    ["a", datetime(2026, 2, 3, 9, 5, 12), time(9, 5, 12), "Y"],
    ["b", datetime(2026, 2, 3, 0, 0, 0), time(9, 6, 0), "N"],
]


def test_a_date_is_cut_from_a_cell_that_hides_a_clock(land_one: Land) -> None:
    found = values(land_one(HIDDEN), "entered_at::varchar, has_entry_clock")
    assert found == [("2026-02-03 08:05:12", True), ("2026-02-03 08:06:00", True)]


def test_a_clock_is_cut_from_a_cell_that_hides_a_date(land_one: Land) -> None:
    text = "call_id,date,time,answered\na,03/02/2026 00:00,1899-12-30 09:05:12,Y\n"
    assert values(land_one(text, date_order="dmy"), "entered_at::varchar") == [
        ("2026-02-03 08:05:12",)
    ]


def test_an_alias_of_the_settings_wins_over_a_guessed_pair(land_one: Land) -> None:
    rows = [[*row[:2], time(23, 0), row[3]] if index else row for index, row in enumerate(HIDDEN)]
    one = land_one(rows, aliases={"entered_at": ["date"]})
    assert values(one, "entered_at::varchar") == [
        ("2026-02-03 08:05:12",),
        ("2026-02-02 23:00:00",),
    ]
    assert one.ignored == ("time",)


def test_an_alias_of_the_settings_wins_over_the_columns_own_name(land_one: Land) -> None:
    text = "call_id,entered_at,answered,talk_seconds,billed\na,2026-02-03 09:00,Y,1,2\n"
    assert values(land_one(text), "talk_seconds") == [(1,)]
    assert values(land_one(text, aliases={"talk_seconds": ["billed"]}), "talk_seconds") == [(2,)]


def test_dates_without_clocks_land_alike_and_say_so(land_one: Land) -> None:
    rows = [["call_id", "entered_at", "answered"], ["a", date(2026, 2, 3), "Y"]]
    text = "call_id,entered_at,answered\na,2026-02-03,Y\n"
    columns = "entered_at::varchar, has_entry_clock, row_hash"
    sheet, plain = values(land_one(rows), columns), values(land_one(text), columns)
    assert sheet == plain
    assert plain[0][:2] == ("2026-02-03 11:00:00", False)
    assert (
        values(land_one(text.replace("2026-02-03", "03/02/2026"), date_order="dmy"), columns)
        == plain
    )


def test_midnight_among_clocks_is_midnight(land_one: Land) -> None:
    rows = [["call_id", "entered_at", "answered"]]
    rows += [["a", date(2026, 2, 3), "Y"], ["b", datetime(2026, 2, 3, 9, 0), "Y"]]
    assert values(land_one(rows), "entered_at::varchar, has_entry_clock") == [
        ("2026-02-02 23:00:00", True), ("2026-02-03 08:00:00", True),
    ]  # fmt: skip


def test_a_list_whose_clocks_are_all_midnight_may_say_that_it_has_none(land_one: Land) -> None:
    text = "call_id,entered_at,answered\na,2026-02-03 00:00:00,Y\n"
    one = land_one(text, constants={"has_entry_clock": False})
    assert values(one, "has_entry_clock") == [(False,)]


def test_words_of_a_column_mean_its_values(land_one: Land) -> None:
    text = "call_id,entered_at,state,reason\n"
    text += "a,2026-02-03 09:00,Traité,Facture\nb,2026-02-03 09:00, HANDLED ,RECHNUNG\n"
    text += "c,2026-02-03 09:00,lost,other\nd,2026-02-03 09:00,?,\n"
    one = land_one(
        text,
        aliases={"is_answered": ["state"]},
        words={
            "is_answered": {"true": ["handled", "traité"], "false": ["lost"]},
            "reason_code": {"billing": ["facture", "Rechnung"]},
        },
    )
    assert values(one, "call_id, is_answered, reason_code") == [
        ("a", True, "billing"), ("b", True, "billing"), ("c", False, "other"),
    ]  # fmt: skip
    assert rejected(one) == [(5, "is_answered", "?")]


def test_one_field_may_feed_two_columns(land_one: Land) -> None:
    text = "call_id,entered_at,answered,line\na,2026-02-03 09:00,Y,north\n"
    one = land_one(text, aliases={"queue_id": ["line"], "site_id": ["line"]})
    assert values(one, "queue_id, site_id") == [("north", "north")]


def test_a_field_of_persons_is_a_pseudonym_in_each_column_that_it_feeds(land_one: Land) -> None:
    text = "entered_at,answered,phone\n2026-02-03 09:00,Y,0611111111\n"
    one = land_one(text, aliases={"call_id": ["phone"], "customer_id": ["phone"]})
    ((call, customer),) = values(one, "call_id, customer_id")
    assert call == customer and len(call) == 32


def test_a_second_clock_is_the_time_of_the_answer(land_one: Land) -> None:
    text = "call_id,date,time,answered,taken\n"
    text += "a,2026-02-03,09:00:00,Y,09:00:20\nb,2026-02-03,09:00:00,N,\n"
    one = land_one(text, aliases={"answered_at": {"date": ["date"], "time": ["taken"]}})
    assert values(one, "entered_at::varchar, answered_at::varchar") == [
        ("2026-02-03 08:00:00", "2026-02-03 08:00:20"), ("2026-02-03 08:00:00", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "unit", "seconds"),
    [
        ("90", "seconds", 90),
        ("4.5", "minutes", 270),
        ("4:30", "minutes", 270),
        ("0:04:30", "minutes", 270),
        ("2", "hours", 7200),
        ("1:30", "hours", 5400),
        ("90500", "milliseconds", 90),
        ("4:30", "seconds", None),
    ],
)
def test_a_duration_may_have_a_unit(
    land_one: Land, text: str, unit: str, seconds: int | None
) -> None:
    one = land_one(
        f"call_id,entered_at,answered,talk\na,2026-02-03 09:00,Y,{text}\nb,2026-02-03 09:00,Y,\n",
        units={"talk_seconds": unit},
    )
    assert values(one, "talk_seconds")[0][0] == seconds


@pytest.mark.parametrize(
    ("text", "mark", "decimal", "seconds"),
    [
        ("1 234,5", " ", ",", 1234),
        ("1\u202f234", " ", ",", 1234),
        ("12.345", ".", ",", 12345),
        ("12,345.9", ",", ".", 12345),
        ("1'234", "'", ".", 1234),
        ("12,34", ",", ".", None),
    ],
)
def test_thousands_may_be_marked(
    land_one: Land, text: str, mark: str, decimal: str, seconds: int | None
) -> None:
    one = land_one(
        f"call_id;entered_at;answered;talk\na;2026-02-03 09:00;Y;{text}\nb;2026-02-03 09:00;Y;\n",
        thousands_mark=mark,
        decimal_mark=decimal,
    )
    assert values(one, "talk_seconds")[0][0] == seconds
    assert bool(one.rejected_count) == (seconds is None)


@pytest.mark.parametrize(
    ("text", "order", "is_short", "found"),
    [
        ("03/02/21 09:00", "dmy", True, "2021-02-03 08:00:00"),
        ("02/03/21 09:00", "mdy", True, "2021-02-03 08:00:00"),
        ("21-02-03 09:00", "ymd", True, "2021-02-03 08:00:00"),
        ("03/02/99 09:00", "dmy", True, "1999-02-03 08:00:00"),
        ("03/02/2021 09:00", "dmy", True, "2021-02-03 08:00:00"),
        ("03/02/21 09:00", "dmy", False, None),
        ("03/02/0021 09:00", "dmy", True, None),
        ("0021-02-03 09:00", "ymd", False, None),
    ],
)
def test_two_digits_are_never_the_year_21(
    land_one: Land, text: str, order: str, is_short: bool, found: str | None
) -> None:
    one = land_one(
        f"call_id,entered_at,answered\na,{text},Y\nb,2026-02-03 09:00,Y\n",
        date_order=order,
        short_years=is_short,
    )
    rows = dict(values(one, "call_id, entered_at::varchar"))
    assert rows.get("a") == found


def test_several_fields_make_a_key(land_one: Land) -> None:
    text = "date,time,line,answered\n2026-02-03,09:00,a,Y\n2026-02-03,09:00,b,Y\n"
    text += "2026-02-03,09:01,a,Y\n"
    one = land_one(text, keys={"call_id": ["date", "time", "line"]})
    ids = [row[0] for row in values(one, "call_id")]
    assert len(set(ids)) == 3 and {len(text) for text in ids} == {32}
    assert one.repeated == []
    lacking = land_one(text, keys={"call_id": ["date", "post"]}).fault
    assert lacking is not None and "call_id: made of date, post" in lacking.message


def test_files_of_one_day_have_one_date(land_one: Land) -> None:
    text = "line,time,answered\n1,09:00,Y\n2,,N\n"
    key = {"call_id": ["entered_at", "line"]}
    one = land_one(text, keys=key, constants={"entered_at": {"date": date(2026, 2, 3)}})
    assert values(one, "entered_at::varchar, has_entry_clock") == [("2026-02-03 08:00:00", True)]
    assert [row[:2] for row in rejected(one)] == [(3, "entered_at")]
    settings = {"keys": key, "constants": {"entered_at": {"date": "file_date"}}}
    ids = set()
    for day in ("20260203", "20260204"):
        one = land_one(text, f"calls_{day}.csv", **settings)
        assert values(one, "entered_at::date::varchar") == [(f"{day[:4]}-{day[4:6]}-{day[6:]}",)]
        ids.update(values(one, "call_id"))
    assert len(ids) == 2
    undated = land_one(text, **settings).fault
    assert undated is not None and undated.code == "E_MISSING_COLUMN"


def test_settings_without_effect_are_reported(land_one: Land) -> None:
    source = {
        "aliases": {"talk_seconds": ["billed", "billed_2"], "hold_seconds": ["held"]},
        "constants": {"is_answered": True, "site_id": "north"},
        "words": {"reason_code": {"billing": ["x"]}, "queue_id": {"north": ["n"]}},
        "units": {"talk_seconds": "minutes", "hold_seconds": "minutes"},
    }
    text = "call_id,entered_at,answered,billed,queue\na,2026-02-03 09:00,Y,1,n\n"
    used = land_one(text, **source).settings
    settings = Settings.model_validate({"sources": {"call_list": source}})
    record = make_record(used)
    prints = {("call_list", "calls"): "f"}
    said = [line.split(":")[0] for line in unused_settings(settings, [record], prints)]
    assert said == [
        "[sources.call_list.aliases] hold_seconds has no effect",
        "[sources.call_list.constants] is_answered has no effect",
        "[sources.call_list.words] reason_code has no effect",
        "[sources.call_list.units] hold_seconds has no effect",
    ]
    assert not list(unused_settings(settings, [replace(record, verdict_code="refused")], prints))
    prints["call_list", "calls"] = "of other settings"
    assert not list(unused_settings(settings, [record], prints))


def make_record(used: tuple[str, ...]) -> DeliveryRecord:
    """A record of one accepted call list under the contract "f"."""
    texts = dict.fromkeys(("message_text", "delivered_date", "quarantine_path", "key_id"))
    counts = dict.fromkeys(("byte_count", "line_count", "read_count", "accepted_count"), 1)
    return DeliveryRecord(
        **texts,
        **counts,
        delivery_id="d",
        source_code="call_list",
        table_code="calls",
        file_name="calls.csv",
        rejected_count=0,
        duplicate_count=0,
        verdict_code="accepted",
        reason_code=None,
        warnings=(),
        ignored_columns=(),
        raw_path="raw",
        contract_fingerprint="f",
        telltale_version="1",
        landed_at="2026-02-03",
        used_settings=used,
    )


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ({"aliases": {"talk_seconds": {"time": ["x"]}}}, "an instant: only those have a date"),
        ({"aliases": {"talk_seconds": []}}, "at least one name of your files"),
        ({"aliases": {"talk_seconds": ["%"]}}, 'names with a letter or a digit found: "%"'),
        ({"words": {"talk_seconds": {"1": ["x"]}}}, "a column of texts, or of true and false"),
        ({"words": {"is_answered": {"yes": ["x"]}}}, 'words of "true" and of "false"'),
        ({"words": {"is_answered": {"true": ["x"], "false": ["X"]}}}, 'each word once found: "X"'),
        ({"words": {"is_answerd": {"true": ["x"]}}}, 'did you mean "is_answered"?'),
        ({"units": {"agent_id": "minutes"}}, "a column that holds a length of time"),
        ({"keys": {"agent_id": ["a", "b"]}}, "a text that tells rows apart: call_id"),
        ({"keys": {"call_id": ["call_id", "b"]}}, "other fields than the key itself"),
        ({"keys": {"call_id": ["a", "b"]}, "aliases": {"call_id": ["c"]}}, "either an alias, or"),
        ({"thousands_mark": "."}, "thousands_mark is the decimal mark too"),
        ({"constants": {"agent_id": {"date": "2026-01-01"}}}, "an instant: only those"),
    ],
)
def test_what_could_have_no_effect_is_refused(
    land_one: Land, source: dict[str, Any], said: str
) -> None:
    with pytest.raises(TelltaleError) as caught:
        land_one("call_id\n", **source)
    assert said in " ".join(str(caught.value).split())
