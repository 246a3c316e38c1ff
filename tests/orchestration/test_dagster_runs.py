"""The job `daily` makes exactly what the command makes, and says what the door refused."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from filelock import FileLock, Timeout

from orchestration.assets import raw_tables
from orchestration.assets.judgements import built_deliveries, check_result, judged
from orchestration.assets.measures import measured
from orchestration.assets.retries import retried
from orchestration.command_runs import last_command_run, remember_command_run
from orchestration.definitions import definitions_of
from orchestration.errors import HomeHeldError, TelltaleError
from orchestration.home import PROJECT_ROOT, Home
from orchestration.landing import ledger
from orchestration.landing.summary import LandingSummary
from orchestration.publication.versions import current_version, verify
from orchestration.run import RunOutcome
from orchestration.sensors import command_runs
from simulation import simulate

Finished = tuple[Home, dg.ExecuteInProcessResult]

VIEWS = {"kpi_days", "kpi_weeks", "kpi_months"}
"""They are not computed to be counted."""
HEADER = "agent_id,team_id,site_id,valid_from_date\n"


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home.at(tmp_path_factory.mktemp("simulated") / "home")
    simulate(home, contacts=300, weeks=2, seed=1)
    return home


@pytest.fixture(scope="module")
def finished(simulated: Home, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """A copy of the simulated home after one run of the job."""
    home = Home.at(tmp_path_factory.mktemp("dagster") / "home")
    shutil.copytree(simulated.root, home.root)
    job = definitions_of(home).resolve_job_def("daily")
    with dg.DagsterInstance.ephemeral() as instance:
        return home, job.execute_in_process(instance=instance)


@pytest.fixture(scope="module")
def commanded(simulated: Home, run_home: Callable[..., RunOutcome]) -> Home:
    """The simulated home after one `telltale run`."""
    run_home(simulated)
    return simulated


def content(home: Home, root: Path) -> dict[str, Any]:
    manifest = json.loads((root / f"{current_version(home)}" / "MANIFEST.json").read_text("utf-8"))
    return manifest["marts"]


def test_the_job_publishes_what_the_command_publishes(finished: Finished, commanded: Home) -> None:
    home, outcome = finished
    assert outcome.success
    assert verify(home) > 0
    assert content(home, home.published) == content(commanded, commanded.published)
    assert content(home, home.coaching) == content(commanded, commanded.coaching)


def test_a_run_of_the_command_line_is_shown_once(finished: Finished, commanded: Home) -> None:
    shutil.copytree(
        finished[0].state / "definitions", commanded.state / "definitions", dirs_exist_ok=True
    )
    definitions = definitions_of(commanded)
    graph = definitions.resolve_asset_graph()
    sensor = definitions.resolve_sensor_def("command_runs")
    with dg.DagsterInstance.ephemeral() as instance:
        found = sensor.evaluate_tick(dg.build_sensor_context(instance=instance))
        again = sensor.evaluate_tick(
            dg.build_sensor_context(instance=instance, cursor=found.cursor)
        )
    made = [one for one in found.asset_events if isinstance(one, dg.AssetMaterialization)]
    assert {one.asset_key for one in made} == set(graph.materializable_asset_keys)
    assert made[-1].asset_key == dg.AssetKey("published_version"), "after what it was made of"
    assert made[-1].metadata["version"].value == current_version(commanded)
    values = {one.asset_key.to_user_string(): one.metadata for one in made}["marts/kpi_values"]
    rows = content(commanded, commanded.published)["kpi_values"]["rows"]
    assert values["dagster/row_count"].value == rows
    checked = [one for one in found.asset_events if isinstance(one, dg.AssetCheckEvaluation)]
    assert {one.asset_check_key for one in checked} >= {
        key for key in graph.asset_check_keys if key.asset_key != dg.AssetKey("deliveries")
    }
    assert again.skip_message == "No command ran since the last look."


def test_a_run_that_built_nothing_shows_the_version_only(finished: Finished) -> None:
    home, _ = finished
    remember_command_run(home, is_built=False)
    sensor = command_runs(home, {"nodes": {}}, [])
    with dg.DagsterInstance.ephemeral() as instance:
        found = sensor.evaluate_tick(dg.build_sensor_context(instance=instance))
    keys = {one.asset_key.path[0] for one in found.asset_events}
    assert "published_version" in keys
    assert "marts" not in keys


def test_what_was_built_is_kept_until_it_was_shown(home: Home) -> None:
    assert last_command_run(home) is None
    remember_command_run(home, is_built=True)
    built = last_command_run(home)
    remember_command_run(home, is_built=False)
    last = last_command_run(home)
    assert built and last
    assert built.built_at == last.built_at == built.ended_at
    assert last.ended_at >= built.ended_at


def test_the_run_says_what_came_in_and_what_readers_see(finished: Finished) -> None:
    home, outcome = finished
    seen = {m.asset_key.to_user_string(): m.metadata for m in materialised(outcome)}
    legs = seen["standard/contact_legs"]
    assert legs["files"].value == 2
    accepted = sum(r.accepted_count for r in ledger.read(home) if r.table_code == "contact_legs")
    assert accepted > 0
    assert legs["accepted rows"].value == legs["dagster/row_count"].value == accepted
    assert legs["rejected rows"].value == 0
    published = seen["published_version"]
    assert published["version"].value == current_version(home)
    assert "Answer rate" in str(published["headline KPIs"].value)
    table = published["rows per mart"]
    assert isinstance(table, dg.TableMetadataValue)
    rows = {row.data["mart"]: row.data["rows"] for row in table.records}
    assert rows == {name: mart["rows"] for name, mart in content(home, home.published).items()}


def test_each_built_relation_shows_its_rows_and_columns(finished: Finished) -> None:
    home, outcome = finished
    seen = {m.asset_key.to_user_string(): m.metadata for m in materialised(outcome)}
    for name, mart in content(home, home.published).items():
        row_count = seen[f"marts/{name}"].get("dagster/row_count")
        assert (row_count and row_count.value) == (None if name in VIEWS else mart["rows"]), name
    assert seen["words/kpis"]["dagster/row_count"].value
    columns = columns_of(seen["marts/kpi_values"])
    assert ("is_final", "boolean") in [(column.name, column.type) for column in columns]
    assert all(column.description for column in columns)
    view = seen["staging/stg_standard__contact_legs"]
    assert "dagster/row_count" not in view
    assert columns_of(view)


def test_what_was_built_before_a_failed_audit_is_shown_and_the_failure_raised(home: Home) -> None:
    def events() -> Iterator[object]:
        yield dg.AssetCheckResult(passed=False, check_name="audit")
        raise RuntimeError("the audit failed")

    shown = []
    with pytest.raises(RuntimeError, match="the audit failed"):
        shown.extend(measured(home, events(), {}))
    (check,) = shown
    assert not check.passed


@pytest.mark.parametrize(
    ("error", "is_tried_again"), [(HomeHeldError, True), (TelltaleError, False)]
)
def test_only_a_held_home_is_tried_again(error: type[TelltaleError], is_tried_again: bool) -> None:
    with pytest.raises((dg.RetryRequested, dg.Failure)) as raised, retried():
        raise error("why")
    if is_tried_again:
        assert isinstance(raised.value, dg.RetryRequested)
        assert raised.value.max_retries == 3
    else:
        assert isinstance(raised.value, dg.Failure)
        assert not raised.value.allow_retries
        assert raised.value.description == "why"


def test_every_check_was_judged(finished: Finished) -> None:
    home, outcome = finished
    wanted = set(definitions_of(home).resolve_asset_graph().asset_check_keys)
    judged = {one.asset_check_key: one for one in outcome.get_asset_check_evaluations()}
    assert set(judged) == wanted
    assert all(one.passed for one in judged.values())


def test_all_files_of_the_run_lie_under_the_home(finished: Finished) -> None:
    home, _ = finished
    assert (home.state / "target" / "manifest.json").exists()
    assert (home.state / "logs" / "dbt.log").exists()
    assert not list((home.state / "target").glob("build-*")), "one target folder, not one per run"


def test_a_refused_file_is_a_warning_that_stays_while_the_file_lies_there(home: Home) -> None:
    put_agents(home, "good.csv", HEADER + "a1,t1,s1,2026-01-01\n")
    put_agents(home, "broken.csv", "colour,size\nred,2\n")
    for _ in range(2):
        check = agents_check(home)
        assert not check.passed
        assert check.severity == dg.AssetCheckSeverity.WARN
        assert "broken.csv was refused" in str(check.description)
        assert check.metadata["refused files"].value == 1


def test_rejected_rows_warn_with_their_counts(home: Home) -> None:
    put_agents(home, "a.csv", HEADER + "a1,t1,s1,2026-01-01\na2,t1,s1,2026-01-01\na3,t1,s1,soon\n")
    check = agents_check(home)
    assert not check.passed
    assert check.severity == dg.AssetCheckSeverity.WARN
    assert (check.metadata["rejected rows"].value, check.metadata["new rows"].value) == (1, 3)


SOON = "".join(f"b{number},t1,s1,soon\n" for number in range(10))
"""Ten rows without a date: fewer never stop a build."""


def test_too_many_rejected_rows_stop_the_run_until_a_person_acts(home: Home) -> None:
    put_agents(home, "a.csv", HEADER + "a1,t1,s1,2026-01-01\n" + SOON)
    for _ in range(2):
        check = agents_check(home, is_stopped=True)
        assert check.severity == dg.AssetCheckSeverity.ERROR
        assert "telltale withdraw" in str(check.description)
    home.settings_file.write_text("[home]\nrejected_share_limit = 0.95\n", "utf-8")
    assert agents_check(home).severity == dg.AssetCheckSeverity.WARN


def test_a_table_that_held_rows_and_holds_none_stops_the_run(finished: Finished) -> None:
    home, _ = finished
    name = ("standard", "agents")
    records = [one for one in ledger.read(home) if (one.source_code, one.table_code) == name]
    built = built_deliveries(home)
    assert not judged(records, built, LandingSummary(), name).is_lost
    lost = [replace(one, is_withdrawn=True) for one in records]
    result = check_result(judged(lost, built, LandingSummary(), name), dg.AssetKey(name), 0.5)
    assert not result.passed
    assert result.severity == dg.AssetCheckSeverity.ERROR


def test_a_home_without_deliveries_publishes_nothing_and_does_not_fail(
    home: Home, finished: Finished
) -> None:
    shutil.copytree(finished[0].state / "definitions", home.state / "definitions")
    job = definitions_of(home).resolve_job_def("daily")
    with dg.DagsterInstance.ephemeral() as instance:
        outcome = job.execute_in_process(instance=instance)
    assert outcome.success
    assert current_version(home) is None


def test_the_child_of_a_killed_run_keeps_the_lock(home: Home) -> None:
    home.state.mkdir(parents=True)
    code = (
        "import subprocess, sys, time\n"
        "from pathlib import Path\n"
        "from orchestration.assets.models import _lent_lock\n"
        "from orchestration.building.lock import home_lock\n"
        "from orchestration.home import Home\n"
        "home = Home(Path(sys.argv[1]))\n"
        "with home_lock(home, 'build'), _lent_lock(home):\n"
        "    child = subprocess.Popen(['sleep', '60'], stdout=subprocess.DEVNULL)\n"
        "    print(child.pid, flush=True)\n"
        "    time.sleep(60)\n"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", code, str(home.root)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT_ROOT,
    )
    assert run.stdout
    child = int(run.stdout.readline())
    run.kill()
    run.wait()
    lock = FileLock(home.state / "home.lock")
    try:
        with pytest.raises(Timeout):
            lock.acquire(timeout=0.2)
    finally:
        os.kill(child, signal.SIGKILL)
    lock.acquire(timeout=10)
    lock.release()


def columns_of(metadata: Mapping[str, Any]) -> list[dg.TableColumn]:
    schema = metadata["dagster/column_schema"]
    assert isinstance(schema, dg.TableSchemaMetadataValue)
    return list(schema.schema.columns)


def put_agents(home: Home, name: str, text: str) -> None:
    folder = home.deliveries / "standard" / "agents"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")


def agents_check(home: Home, is_stopped: bool = False) -> dg.AssetCheckEvaluation:
    """The door check of standard/agents after one land step."""
    outcome = dg.materialize([raw_tables(home, [])], raise_on_error=False)
    assert outcome.success is not is_stopped
    key = dg.AssetCheckKey(dg.AssetKey(["standard", "agents"]), "expectations")
    return {one.asset_check_key: one for one in outcome.get_asset_check_evaluations()}[key]


def materialised(outcome: dg.ExecuteInProcessResult) -> list[dg.AssetMaterialization]:
    events = outcome.get_asset_materialization_events()
    return [event.step_materialization_data.materialization for event in events]
