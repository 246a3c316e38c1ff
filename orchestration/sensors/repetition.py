"""Whether the last run failed in a way that is worth another one."""

from collections.abc import Sequence
from pathlib import Path

import dagster as dg
from dagster import DagsterRunStatus, RunRecord, RunsFilter

from orchestration.home import Home
from orchestration.schedules import DAILY
from orchestration.sensors.audits import failed_audits

WAIT_SECONDS = (600, 1200, 2400)
"""Pauses before the first, second and third repetition where nobody changed anything."""

REST_SECONDS = 10
"""A settings file or list that changed later than this may still be written."""


def run_again(home: Home, instance: dg.DagsterInstance, now: float) -> dg.RunRequest | None:
    """A request for another run if the last one failed and another may do better; else None.

    Something may be better at once after a person changed settings, lists or withdrawals, and
    after a pause where no audit failed: a full disk or a killed process passes, a wrong file
    does not. `now` is a Unix time in seconds. One failed run asks once: its id is the run key.
    """
    runs = instance.get_run_records(RunsFilter(job_name=DAILY.name), limit=len(WAIT_SECONDS) + 1)
    failures = _failures(runs)
    if not failures or failures[0].end_time is None:
        return None
    last, ended = failures[0], failures[0].end_time
    if _was_published_since(instance, ended):
        return None
    changed = _last_change(home)
    is_changed = ended < changed <= now - REST_SECONDS
    if not is_changed:
        if len(failures) > len(WAIT_SECONDS) or failed_audits(instance, last.dagster_run.run_id):
            return None
        if now < ended + WAIT_SECONDS[len(failures) - 1]:
            return None
    return dg.RunRequest(run_key=f"after-{last.dagster_run.run_id}")


def _failures(runs: Sequence[RunRecord]) -> list[RunRecord]:
    """The unbroken row of failed runs up to the last one, newest first."""
    found = []
    for run in runs:
        if run.dagster_run.status != DagsterRunStatus.FAILURE:
            break
        found.append(run)
    return found


def _was_published_since(instance: dg.DagsterInstance, ended: float) -> bool:
    """A run from the command line came between and did the work."""
    event = instance.get_latest_materialization_event(dg.AssetKey("published_version"))
    return event is not None and event.timestamp > ended


def _last_change(home: Home) -> float:
    """When a person last changed what a build stands on beside the files, as Unix seconds."""
    paths = [home.settings_file]
    for folder in (home.lists, home.withdrawals):
        paths += [folder, *folder.glob("*")]
    return max((_changed(path) for path in paths), default=0.0)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
