"""Public call lists that nobody on this project wrote; they are not part of it."""

import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.home import PROJECT_ROOT, Home
from orchestration.landing import land, ledger

DATA = PROJECT_ROOT.parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the public data sets are not here")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("TELLTALE_KEY_FILE", str(tmp_path / "key"))
    home = Home.at(tmp_path / "home")
    (home.deliveries / "call_list" / "calls").mkdir(parents=True)
    return home


def deliver(home: Home, name: str) -> None:
    shutil.copy(DATA / name, home.deliveries / "call_list" / "calls")


def test_two_layouts_of_one_list_give_identical_rows(home: Home) -> None:
    home.settings_file.write_text('[sources.call_list]\ndate_order = "dmy"\n')
    deliver(home, "pwc_call_center/call_center.csv")
    deliver(home, "pwc_call_center/call_center_dataset.xlsx")
    summary = land(home)
    assert [file.status_code for file in summary.files] == ["landed", "landed"]
    assert summary.accepted_count == 10_000
    first, second = (
        duckdb.execute(
            f"select list(row_hash order by row_hash), count_if(is_answered), sum(wait_seconds), "
            f"sum(talk_seconds), count_if(is_resolved) "
            f"from read_parquet('{home.root / str(record.raw_path)}')"
        ).fetchone()
        for record in ledger.read(home)
    )
    assert first == second
    assert first is not None
    assert first[1] == 4054
    assert first[4] == 3646
    assert first[2] / 4054 == pytest.approx(67.5207, abs=1e-4)


def test_a_year_of_one_queue_lands_by_settings_alone(home: Home) -> None:
    home.settings_file.write_text(
        '[sources.call_list.aliases]\ntalk_seconds = ["service_length"]\n'
        "[sources.call_list.constants]\nis_answered = true\n"
    )
    deliver(home, "simulated_queue_2021/simulated_call_centre.csv")
    assert land(home).accepted_count == 51_708
    files = home.raw / "call_list" / "calls" / "*.parquet"
    query = f"select avg(wait_seconds), avg(talk_seconds) from read_parquet('{files}')"
    assert duckdb.execute(query).fetchone() == pytest.approx((17.0349, 299.1026), abs=1e-4)


def test_counts_per_day_are_no_call_list(home: Home) -> None:
    deliver(home, "callmemaybe_telecom/telecom_dataset_us.csv")
    land(home)
    (record,) = ledger.read(home)
    assert (record.verdict_code, record.reason_code) == ("refused", "E_MISSING_COLUMN")
    assert "missing columns call_id, entered_at, is_answered" in str(record.message_text)
    assert not list(home.raw.rglob("*.parquet"))
    assert (home.deliveries / "call_list" / "calls" / "telecom_dataset_us.csv").exists()
