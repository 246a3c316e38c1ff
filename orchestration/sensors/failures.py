"""The alert of a failed run: which steps and audits failed, in words that hold no row."""

from collections.abc import Iterable, Mapping
from typing import Any

import dagster as dg

from orchestration.alerts import Alert, is_wanted, send
from orchestration.home import Home
from orchestration.sensors.audits import failed_audits
from orchestration.settings import read_settings

MOST_AUDITS = 20

COUNTS = {"dagster_dbt/failed_row_count": "rows"}
"""Plain names of counts that dbt's checks carry."""


def failed_runs(home: Home, checks: Iterable[dg.AssetCheckSpec]) -> dg.SensorDefinition:
    """The sensor `failed_runs`: one alert for each failed run, if the settings name a way."""
    texts = {spec.key: spec.description or "" for spec in checks}

    @dg.run_failure_sensor(
        name="failed_runs",
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Sends an alert for a failed run by the ways of [alerts] in settings.toml.",
    )
    def sensor(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
        settings = read_settings(home).alerts
        if not is_wanted(settings):
            return dg.SkipReason("settings.toml names no way to send an alert.")
        send(home, settings, failure_alert(context, texts))
        return None

    return sensor


def failure_alert(
    context: dg.RunFailureSensorContext, texts: Mapping[dg.AssetCheckKey, str]
) -> Alert:
    """The alert for the failed run of `context`; `texts` say what each check demands.

    Of an error only the step is named: its text may quote a file.
    """
    run = context.dagster_run
    steps = [str(event.step_key) for event in context.get_step_failure_events()]
    audits = [_audit(one, texts) for one in failed_audits(context.instance, run.run_id)]
    lines = [
        f"An audit of {one['asset']} failed{_counted(one)}. It demands: {one['demand']}"
        for one in audits
    ]
    if len(lines) > MOST_AUDITS:
        lines = [*lines[:MOST_AUDITS], f"And {len(audits) - MOST_AUDITS} more audits."]
    if not audits:
        lines = [f"The step `{step}` failed." for step in steps] or [
            "The run broke outside of its steps."
        ]
    return Alert(
        kind_code="run_failed",
        title=f"the run {run.run_id[:8]} failed",
        lines=(*lines, f"What it says is on its page in Dagster: /runs/{run.run_id}"),
        facts={"run_id": run.run_id, "job": run.job_name, "steps": steps, "audits": audits},
    )


def _audit(found: dg.AssetCheckEvaluation, texts: Mapping[dg.AssetCheckKey, str]) -> dict[str, Any]:
    counts = {
        COUNTS.get(name, name): value.value
        for name, value in found.metadata.items()
        if isinstance(value.value, int) and not isinstance(value.value, bool)
    }
    return {
        "asset": found.asset_key.to_user_string(),
        "audit": found.check_name,
        "demand": texts.get(found.asset_check_key, ""),
        "counts": counts,
    }


def _counted(audit: Mapping[str, Any]) -> str:
    counts = ", ".join(f"{name} {count}" for name, count in audit["counts"].items())
    return f" ({counts})" if counts else ""
