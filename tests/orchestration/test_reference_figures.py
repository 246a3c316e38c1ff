"""Public files that nobody on this project wrote, from delivery to published figures."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.home import Home
from orchestration.publication.versions import current_version, read_manifest
from tests.conftest import shared_file
from tests.kpis.deliver import write_list

Run = Callable[..., Any]
CALLS = "pwc_call_center"


def run_calls(home: Home, run_replayed: Run, source: Path, settings: str) -> Any:
    """Deliver one call list to a new home and run."""
    folder = home.deliveries / "call_list" / "calls"
    folder.mkdir(parents=True)
    shutil.copy(source, folder)
    home.settings_file.write_text(settings, "utf-8")
    return run_replayed(home)


def published_kpis(home: Home, period_code: str = "all") -> dict[str, dict[str, Any]]:
    """Company rows of kpi_values as readers see them, by KPI (and start, unless `all`)."""
    database = home.published / f"{current_version(home)}" / "marts.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(
            "select * from kpi_values where scope_code = 'company' and period_code = ?",
            [period_code],
        )
        names = [column[0] for column in found.description or []]
        rows = [dict(zip(names, values, strict=True)) for values in found.fetchall()]
    start = "" if period_code == "all" else " {period_start_date}"
    return {row["kpi_id"] + start.format(**row): row for row in rows}


def all_marts(home: Home) -> dict[str, str]:
    """Content hash of every published mart of both audiences."""
    version = f"{current_version(home)}"
    entries: dict[str, Any] = {}
    for root in (home.published, home.coaching):
        entries |= read_manifest(root / version)["marts"]
    return {name: entry["content_hash"] for name, entry in entries.items()}


@pytest.fixture(scope="module")
def call_homes(tmp_path_factory: pytest.TempPathFactory, run_replayed: Run) -> list[Home]:
    """One home from the csv alone, one from the spreadsheet alone, with equal settings."""
    homes = []
    for name in ("call_center.csv", "call_center_dataset.xlsx"):
        home = Home.at(tmp_path_factory.mktemp("calls") / "home")
        source = shared_file(f"{CALLS}/{name}")
        run_calls(home, run_replayed, source, '[sources.call_list]\ndate_order = "dmy"\n')
        homes.append(home)
    return homes


def test_a_call_list_gives_its_published_figures(call_homes: list[Home]) -> None:
    for home in call_homes:
        kpis = published_kpis(home)
        rate = kpis["answer_rate"]
        assert (rate["numerator"], rate["denominator"]) == (4054, 5000)
        assert round(rate["low"], 6) == 0.799707 and round(rate["high"], 6) == 0.821416
        assert round(kpis["average_speed_of_answer_seconds"]["value"], 4) == 67.5207
        assert round(kpis["average_talk_seconds"]["value"], 2) == 224.92
        assert round(kpis["csat_score"]["value"], 4) == 60.0888
        assert kpis["csat_score"]["event_count"] == 4054
        resolution = kpis["declared_resolution_rate"]
        assert (resolution["numerator"], resolution["denominator"]) == (3646, 4054)
        months = published_kpis(home, "month")
        offered = [months[f"answer_rate 2021-0{month}-01"]["denominator"] for month in (1, 2, 3)]
        assert offered == [1772, 1616, 1612]


def test_missing_wrap_up_is_a_reason_and_not_zero(call_homes: list[Home]) -> None:
    for home in call_homes:
        handle = published_kpis(home)["average_handle_seconds"]
        assert handle["value"] is None and handle["reason_code"] == "no_wrap_up"


def test_two_layouts_of_one_list_give_equal_marts(call_homes: list[Home]) -> None:
    first, second = map(all_marts, call_homes)
    assert len(first) >= 14
    assert first == second


@pytest.fixture(scope="module")
def queue_home(tmp_path_factory: pytest.TempPathFactory, run_replayed: Run) -> Home:
    """One queue over a year, read by settings alone; its centre promises an answer in a minute."""
    home = Home.at(tmp_path_factory.mktemp("queue") / "home")
    source = shared_file("simulated_queue_2021/simulated_call_centre.csv")
    settings = (
        "[sources.call_list.constants]\nis_answered = true\n"
        '[sources.call_list.aliases]\ntalk_seconds = ["service_length"]\n'
    )
    rule = {"kpi_id": "service_level", "scope_code": "company", "threshold_seconds": 60}
    write_list(home, "kpi_targets", [rule])
    run_calls(home, run_replayed, source, settings)
    return home


def test_a_twelve_hour_clock_needs_settings_only(queue_home: Home) -> None:
    kpis = published_kpis(queue_home)
    assert kpis["average_speed_of_answer_seconds"]["denominator"] == 51_708
    assert round(kpis["average_speed_of_answer_seconds"]["value"], 4) == 17.0349
    assert round(kpis["average_talk_seconds"]["value"], 4) == 299.1026


def test_a_minute_promised_by_the_centre_is_kept_as_often_as_known(queue_home: Home) -> None:
    with duckdb.connect(str(queue_home.warehouse), read_only=True) as connection:
        found = connection.execute(
            "select count(case when is_within_threshold then 1 end), count(*),"
            " min(service_level_seconds), max(service_level_seconds) from marts.fct_contact_legs"
        ).fetchone()
    assert found == (47_481, 51_708, 60, 60)


def test_a_list_of_answered_calls_only_has_no_answer_rate(queue_home: Home) -> None:
    kpis = published_kpis(queue_home)
    for kpi_id in (
        "answer_rate",
        "abandonment_rate",
        "service_level",
        "short_abandon_rate",
        "average_wait_seconds",
        "accessibility_rate",
        "redial_rate",
    ):
        row = kpis[kpi_id]
        assert (row["value"], row["reason_code"]) == (None, "answered_only"), kpi_id
    cannot_tell(kpis)
    database = queue_home.published / f"{current_version(queue_home)}" / "marts.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        levels = connection.execute(
            "select distinct policy_code, reason_code, service_level_rate from rpt_service_levels"
        ).fetchall()
        rates = connection.execute("select count(answer_rate) from rpt_queue_intervals").fetchone()
        left = connection.execute("select count(*) from rpt_patience").fetchone()
    assert len(levels) == 6 and {row[1:] for row in levels} == {("answered_only", None)}
    assert rates == (0,) and left == (0,)


def test_a_call_list_tells_no_zero_that_it_cannot_know(call_homes: list[Home]) -> None:
    for home in call_homes:
        kpis = published_kpis(home)
        cannot_tell(kpis)
        # This list has a wait of answered calls only.
        short = kpis["short_abandon_rate"]
        assert (short["value"], short["reason_code"]) == (None, "no_wait")


def cannot_tell(kpis: dict[str, dict[str, Any]]) -> None:
    """Fail unless every KPI has a row, and what no call list tells has a reason and no value."""
    assert len(kpis) == 50
    for kpi_id in (
        "system_loss_rate",
        "dissuasion_rate",
        "callback_acceptance_rate",
        "callback_reached_rate",
        "callback_in_promise_rate",
        "transfer_rate",
        "wrong_queue_rate",
        "transferred_contact_rate",
        "selfcare_share",
        "selfcare_sent_rate",
        "selfcare_containment_rate",
        "selfcare_resolution_rate",
        "channel_promotion_rate",
        "sale_conversion_rate",
        "digital_contact_rate",
        "occupancy_rate",
        "first_contact_resolution_rate",
        "average_first_reply_seconds",
    ):
        row = kpis[kpi_id]
        assert (row["value"], row["reason_code"]) == (None, "not_delivered"), kpi_id


def test_words_for_channels_are_known_by_the_list_of_the_centre(
    tmp_path: Path, run_replayed: Run
) -> None:
    """10,639 contacts name a channel that only the centre knows: without it nothing can be told."""
    home = Home.at(tmp_path / "home")
    source = shared_file("rwfd_sentiment_csat/call_center_pshruthi5.xlsx")
    settings = '[sources.call_list.aliases]\nentered_at = ["call_timestamp"]\n'
    settings += "[sources.call_list.constants]\nis_answered = true\n"
    settings += 'csat_scale_code = "points_1_10"\n'
    outcome = run_calls(home, run_replayed, source, settings)
    assert any('"Call-Center" (10,639 rows)' in line for line in outcome.landing.lines())
    unknown = published_kpis(home)["digital_contact_rate"]
    assert unknown["value"] is None and round(unknown["input_share"], 4) == 0.677
    write_list(home, "channels", [{"word_text": "call center", "channel_code": "phone"}])
    run_replayed(home)
    digital = published_kpis(home)["digital_contact_rate"]
    assert (digital["numerator"], digital["denominator"]) == (22_302, 32_941)
    assert digital["input_share"] == 1


def test_a_file_without_calls_is_refused_and_nothing_is_published(
    tmp_path: Path, run_replayed: Run
) -> None:
    home = Home.at(tmp_path / "home")
    source = shared_file("callmemaybe_telecom/telecom_dataset_us.csv")
    outcome = run_calls(home, run_replayed, source, "")
    assert not outcome.is_complete and outcome.publication is None
    record = outcome.landing.files[0].record
    assert record.verdict_code == "refused" and record.reason_code == "E_MISSING_COLUMN"
    for column in ("call_id", "entered_at", "is_answered"):
        assert column in record.message_text
    assert current_version(home) is None
    delivered = home.deliveries / "call_list" / "calls" / source.name
    assert delivered.read_bytes() == source.read_bytes()
