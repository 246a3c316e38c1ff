"""A failed run is asked for again: at once after a person acted, else after a pause, or never."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.test_utils import create_run_for_test

from orchestration.home import Home
from orchestration.sensors import new_deliveries
from orchestration.sensors.repetition import WAIT_SECONDS, run_again


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as made:
        yield made


def failed(instance: dg.DagsterInstance, *, is_audit: bool = False, name: str = "daily") -> str:
    """The id of a run that failed just now."""
    run = create_run_for_test(instance, job_name=name, status=dg.DagsterRunStatus.STARTED)
    if is_audit:
        report_audit(instance, run)
    instance.report_run_failed(run)
    return run.run_id


def report_audit(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    from dagster import DagsterEvent, DagsterEventType

    evaluation = dg.AssetCheckEvaluation(
        asset_key=dg.AssetKey("kpi_values"),
        check_name="audit",
        passed=False,
        severity=dg.AssetCheckSeverity.ERROR,
    )
    event = DagsterEvent(
        DagsterEventType.ASSET_CHECK_EVALUATION.value,
        run.job_name,
        event_specific_data=evaluation,
    )
    instance.report_dagster_event(event, run.run_id)


def key(instance: dg.DagsterInstance, home: Home, later_seconds: float) -> str | None:
    found = run_again(home, instance, time.time() + later_seconds)
    return found.run_key if found else None


def touch(path: Path, later_seconds: float) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("[home]\n", "utf-8")
    moment = time.time() + later_seconds
    os.utime(path, (moment, moment))


def test_a_home_without_a_failed_run_asks_nothing(home: Home, instance: dg.DagsterInstance) -> None:
    assert key(instance, home, 9999) is None
    create_run_for_test(instance, job_name="daily", status=dg.DagsterRunStatus.SUCCESS)
    assert key(instance, home, 9999) is None


def test_a_run_that_broke_is_asked_for_after_a_pause_and_once(
    home: Home, instance: dg.DagsterInstance
) -> None:
    run = failed(instance)
    assert key(instance, home, WAIT_SECONDS[0] - 30) is None
    assert key(instance, home, WAIT_SECONDS[0] + 30) == f"after-{run}"


def test_pauses_grow_and_end(home: Home, instance: dg.DagsterInstance) -> None:
    for wait in WAIT_SECONDS:
        run = failed(instance)
        assert key(instance, home, wait - 30) is None
        assert key(instance, home, wait + 30) == f"after-{run}"
    failed(instance)
    assert key(instance, home, 10**6) is None, "after three repetitions a person has to look"


def test_a_failed_audit_waits_for_a_person(home: Home, instance: dg.DagsterInstance) -> None:
    run = failed(instance, is_audit=True)
    assert key(instance, home, 10**6) is None
    touch(home.settings_file, 60)
    assert key(instance, home, 65) is None, "the file may still be written"
    assert key(instance, home, 75) == f"after-{run}"


@pytest.mark.parametrize("name", ["seeds/sites.csv", "ledger/withdrawals/abc.json"])
def test_a_list_and_a_withdrawal_are_acts_of_a_person(
    home: Home, instance: dg.DagsterInstance, name: str
) -> None:
    run = failed(instance, is_audit=True)
    touch(home.root / name, 60)
    assert key(instance, home, 75) == f"after-{run}"


def test_what_was_changed_before_the_run_changes_nothing(
    home: Home, instance: dg.DagsterInstance
) -> None:
    touch(home.settings_file, -60)
    failed(instance, is_audit=True)
    assert key(instance, home, 75) is None


def test_a_version_published_meanwhile_ends_it(home: Home, instance: dg.DagsterInstance) -> None:
    failed(instance)
    time.sleep(0.01)
    instance.report_runless_asset_event(dg.AssetMaterialization("published_version"))
    assert key(instance, home, 10**6) is None


def test_a_run_under_way_or_of_another_job_is_not_repeated(
    home: Home, instance: dg.DagsterInstance
) -> None:
    failed(instance, name="another")
    assert key(instance, home, 10**6) is None
    failed(instance)
    create_run_for_test(instance, job_name="daily", status=dg.DagsterRunStatus.STARTED)
    assert key(instance, home, 10**6) is None


def test_the_sensor_asks_again(
    home: Home, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = failed(instance)
    later = time.time() + WAIT_SECONDS[0] + 30
    monkeypatch.setattr(time, "time", lambda: later)
    context = dg.build_sensor_context(instance=instance)
    found = new_deliveries(home).evaluate_tick(context)
    assert [one.run_key for one in found.run_requests or []] == [f"after-{run}"]
