"""Nothing is ever lost: every line of a corrupted file is accepted, rejected or refused."""

import csv
import io
import random
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.landing.contract import Contract, read_contracts
from orchestration.landing.delivery import Prepared, prepare
from orchestration.landing.readers.kinds import DeliveredFile
from orchestration.settings import Settings

KEY = b"k" * 32
LINES = ["call_id,entered_at,is_answered,agent_id,wait_seconds"] + [
    f"c{n},2026-03-{n:02} 10:00:00,{'Y' if n % 3 else 'N'},agent {n % 4},{n * 7}"
    for n in range(1, 21)
]
VALID = "\n".join(LINES) + "\n"
PIECES = [",", '"', "\n", "\r\n", ";", "\0", "é", "Y", "2026-03-29 02:30:00", "  ", "-1", "\t", ""]


@pytest.fixture(scope="module")
def contract() -> Contract:
    return read_contracts()["call_list", "calls"].under(Settings())


def prepared(contract: Contract, data: bytes, folder: Path, is_fast: bool = True) -> Prepared:
    path = folder / "calls.csv"
    path.write_bytes(data)
    one = Prepared(contract, DeliveredFile.seen(path, folder), "d", "f")
    prepare(one, folder / "scratch", KEY, is_fast)
    return one


def lines_of(path: Path | None) -> list[int]:
    if path is None:
        return []
    query = f"select distinct line_number from read_parquet('{path}') order by 1"
    return [row[0] for row in duckdb.execute(query).fetchall()]


@given(seed=st.integers(0, 10**9), count=st.integers(1, 4))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_record_of_a_corrupted_file_is_accounted_for(
    contract: Contract, tmp_path_factory: pytest.TempPathFactory, seed: int, count: int
) -> None:
    choose = random.Random(seed)
    text = VALID
    for _ in range(count):
        at = choose.randrange(len(text))
        end = at + choose.choice([0, 0, 1, 3, 40])
        text = text[:at] + choose.choice(PIECES) + text[end:]
    data = text.encode()
    if choose.random() < 0.2:
        data = data[: choose.randrange(1, len(data))]
    one = prepared(contract, data, tmp_path_factory.mktemp("home"))
    if one.fault:
        assert one.fault.code in {
            "E_MISSING_COLUMN", "E_HEADER", "E_QUOTE", "E_DIALECT", "E_EMPTY", "E_ENCODING",
        }  # fmt: skip
        return
    accepted, rejected = lines_of(one.candidates), lines_of(one.rejected)
    # an independent reader, which knows nothing of the contract
    shown = data.decode().removeprefix("\ufeff")
    delimiter = next((sign for sign in ",;\t|" if sign in shown.splitlines()[0]), ",")
    records = [
        row for row in csv.reader(io.StringIO(shown, newline=""), delimiter=delimiter) if row
    ]
    assert one.loaded.read_count == len(records) - 1
    assert sorted(accepted + rejected) == sorted({*accepted, *rejected})
    assert len(accepted) + len(rejected) == len(records) - 1
    assert one.rejected_count == len(rejected)


@given(seed=st.integers(0, 10**9))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_fast_and_the_exact_reader_give_the_same_rows(
    contract: Contract, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    choose = random.Random(seed)
    text = VALID
    for _ in range(choose.randrange(4)):
        at = choose.randrange(len(LINES[0]) + 1, len(text))
        text = text[:at] + choose.choice([",", " ", "é", "\n", "x", "'", "\\"]) + text[at + 1 :]
    data = text.encode()
    if choose.random() < 0.3:
        data = data.replace(b"\n", b"\r\n")
    found = []
    for is_fast in (True, False):
        folder = tmp_path_factory.mktemp("home")
        one = prepared(contract, data, folder, is_fast)
        rows = [
            duckdb.execute(f"select * from read_parquet('{path}') order by all").fetchall()
            if path
            else []
            for path in (one.candidates, one.rejected)
        ]
        found.append((one.fault and one.fault.code, rows, one.loaded.read_count, one.warnings))
    assert found[0] == found[1]
