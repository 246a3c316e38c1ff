"""A failed run and a silent day are said by the ways that the settings name."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import dagster as dg
import pytest

from orchestration.assets import raw_tables
from orchestration.home import Home
from orchestration.sensors import failed_runs, nothing_arrived, silence
from orchestration.sensors.failures import failure_alert

SECRET = "Anna-Geheim"
AGENTS = dg.AssetKey(["standard", "agents"])
HOOK = '[alerts]\nwebhook_url = "http://127.0.0.1:9/"\nnothing_by = "10:00"\n'


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as made:
        yield made


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Alerts that the sensors hand to the post."""
    found: list[Any] = []
    for module in ("failures", "silence"):
        monkeypatch.setattr(
            f"orchestration.sensors.{module}.send",
            lambda home, settings, alert: found.append(alert),
        )
    return found


def settle(home: Home, text: str) -> None:
    home.root.mkdir(parents=True, exist_ok=True)
    home.settings_file.write_text(text, "utf-8")


def failed_landing(
    home: Home, instance: dg.DagsterInstance
) -> tuple[dg.RunFailureSensorContext, dg.AssetsDefinition]:
    """A run that the door stopped because of a file with a person's name in name and rows."""
    folder = home.deliveries / "standard" / "agents"
    folder.mkdir(parents=True)
    rows = "".join(f"{SECRET}{number},t1,s1,soon\n" for number in range(10))
    header = "agent_id,team_id,site_id,valid_from_date\n"
    (folder / f"{SECRET}.csv").write_text(header + rows, "utf-8")
    raw = raw_tables(home, [])
    outcome = dg.materialize([raw], instance=instance, raise_on_error=False)
    assert not outcome.success
    context = dg.build_run_status_sensor_context(
        sensor_name="failed_runs",
        dagster_instance=instance,
        dagster_run=outcome.dagster_run,
        dagster_event=outcome.get_run_failure_event(),
    )
    return context.for_run_failure(), raw


def test_the_alert_of_a_failed_run_says_audit_and_counts_and_no_value(
    home: Home, instance: dg.DagsterInstance
) -> None:
    context, raw = failed_landing(home, instance)
    texts = {spec.key: spec.description or "" for spec in raw.check_specs}
    alert = failure_alert(context, texts)
    (audit,) = alert.facts["audits"]
    assert (audit["asset"], audit["audit"]) == ("standard/agents", "expectations")
    assert audit["counts"]["rejected rows"] == audit["counts"]["new rows"] == 10
    assert "An audit of standard/agents failed" in alert.lines[0]
    assert "rejected rows 10" in alert.lines[0]
    assert SECRET not in json.dumps(alert.json(home))
    assert SECRET not in alert.text(home)


def test_a_step_that_broke_is_named_and_its_words_are_not(
    home: Home, instance: dg.DagsterInstance
) -> None:
    @dg.asset
    def broken() -> None:
        raise RuntimeError(SECRET)

    outcome = dg.materialize([broken], instance=instance, raise_on_error=False)
    context = dg.build_run_status_sensor_context(
        sensor_name="failed_runs",
        dagster_instance=instance,
        dagster_run=outcome.dagster_run,
        dagster_event=outcome.get_run_failure_event(),
    ).for_run_failure()
    alert = failure_alert(context, {})
    assert alert.lines[0] == "The step `broken` failed."
    assert SECRET not in json.dumps(alert.json(home))


def test_alerts_are_off_until_the_settings_name_a_way(
    home: Home, instance: dg.DagsterInstance, sent: list[Any]
) -> None:
    context, raw = failed_landing(home, instance)
    sensor = failed_runs(home, raw.check_specs)
    sensor(context)
    assert not sent
    settle(home, HOOK)
    sensor(context)
    assert [alert.kind_code for alert in sent] == ["run_failed"]


class Clock(datetime):
    """Ten past ten in Paris."""

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return datetime(2026, 6, 30, 8, 10, tzinfo=UTC).astimezone(tz)


def test_a_silent_day_is_said_once(
    home: Home, instance: dg.DagsterInstance, sent: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(silence, "datetime", Clock)
    sensor, cursor = nothing_arrived(home), None
    settle(home, "")
    for text in ("", HOOK, HOOK):
        settle(home, text)
        context = dg.build_sensor_context(instance=instance, cursor=cursor)
        cursor = sensor.evaluate_tick(context).cursor
    assert [alert.kind_code for alert in sent] == ["nothing_arrived"]
    assert cursor == "2026-06-30"
