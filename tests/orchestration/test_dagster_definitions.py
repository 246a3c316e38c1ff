"""What Dagster shows of a home that nobody ran yet: one connected lineage with its checks."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster._core.definitions.assets.graph.asset_graph import AssetGraph

from orchestration import manifest as project
from orchestration.assets import models
from orchestration.assets.words import with_short_names
from orchestration.definitions import definitions_of
from orchestration.home import Home
from orchestration.landing.contract import read_contracts
from orchestration.manifest import read_manifest


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home.at(tmp_path_factory.mktemp("fresh") / "home")


@pytest.fixture(scope="module")
def definitions(fresh: Home) -> dg.Definitions:
    return definitions_of(fresh)


@pytest.fixture(scope="module")
def manifest(definitions: dg.Definitions, fresh: Home) -> dict[str, Any]:
    return read_manifest(fresh)


@pytest.fixture(scope="module")
def graph(definitions: dg.Definitions) -> AssetGraph:
    return definitions.resolve_asset_graph()


def test_a_fresh_clone_loads_without_a_build(definitions: dg.Definitions, fresh: Home) -> None:
    dg.Definitions.validate_loadable(definitions)
    assert not fresh.warehouse.exists()
    assert not (fresh.state / "target" / "manifest.json").exists(), "only a build may leave one"


def test_an_unchanged_project_is_parsed_once_and_a_changed_one_again(
    fresh: Home, definitions: dg.Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[Path] = []
    monkeypatch.setattr(project, "_parse", lambda home, folder: parsed.append(folder))
    project.read_manifest(fresh)
    assert not parsed
    monkeypatch.setattr(project, "project_hash", lambda: "another project")
    project.read_manifest(fresh)
    assert parsed == [fresh.state / "definitions"]
    monkeypatch.undo()
    (fresh.state / "definitions" / "project.sha256").write_text(project.project_hash(), "utf-8")


def test_a_changed_project_is_parsed_whole(
    fresh: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def invoke(self: Any, arguments: list[str]) -> Any:
        asked.extend(arguments)
        raise RuntimeError("seen enough")

    monkeypatch.setattr("dbt.cli.main.dbtRunner.invoke", invoke)
    with pytest.raises(RuntimeError, match="seen enough"):
        project._parse(fresh, tmp_path)
    assert asked[:2] == ["parse", "--no-partial-parse"], "else descriptions of audits are lost"


def test_a_project_that_changed_under_dagster_is_not_built(
    definitions: dg.Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = definitions.resolve_implicit_global_asset_job_def()
    monkeypatch.setattr(models, "project_hash", lambda: "another project")
    chosen = [key for key in job.asset_layer.executable_asset_keys if len(key.path) == 2]
    chosen = [key for key in chosen if key.path[0] not in ("standard", "call_list")]
    outcome = job.execute_in_process(asset_selection=chosen, raise_on_error=False)
    assert "Reload definitions" in failure_text(outcome)


def test_every_raw_table_descends_from_the_deliveries(graph: AssetGraph) -> None:
    for source, table in read_contracts():
        node = graph.get(dg.AssetKey([source, table]))
        assert node.parent_keys == {dg.AssetKey("deliveries")}
        assert node.group_name == "raw"


def test_every_mart_descends_from_raw_and_is_in_the_published_version(
    graph: AssetGraph, manifest: dict[str, Any]
) -> None:
    published = graph.get(dg.AssetKey("published_version"))
    marts = {
        dg.AssetKey([node["schema"], node["name"]])
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] == "marts"
    }
    assert published.parent_keys == marts
    above = set(_ancestors(graph, dg.AssetKey(["marts", "kpi_values"])))
    assert dg.AssetKey(["standard", "contact_legs"]) in above
    assert dg.AssetKey(["staging", "stg_standard__contact_legs"]) in above
    assert dg.AssetKey("deliveries") in above


def test_every_staging_model_reads_a_raw_table(graph: AssetGraph) -> None:
    raw = {dg.AssetKey(name) for name in read_contracts()}
    staged = [node for node in graph.asset_nodes if node.key.path[0] == "staging"]
    assert staged
    for node in staged:
        assert node.parent_keys & raw, node.key


def test_each_asset_stands_in_the_group_of_its_subject(
    graph: AssetGraph, manifest: dict[str, Any]
) -> None:
    groups = {node.key: node.group_name for node in graph.asset_nodes}
    rooms = {"deliveries", "raw", "home", "words", "published"}
    for node in manifest["nodes"].values():
        if node["resource_type"] == "model":
            subject = node["config"]["meta"]["dagster"]["group"]
            assert groups[dg.AssetKey([node["schema"], node["name"]])] == subject
            rooms.add(subject)
    assert set(groups.values()) == rooms, "nothing falls into a group `default`"


def test_each_raw_table_and_each_dbt_test_is_a_check(
    graph: AssetGraph, manifest: dict[str, Any]
) -> None:
    checks = {(key.asset_key, key.name) for key in graph.asset_check_keys}
    for name in read_contracts():
        assert (dg.AssetKey(name), "expectations") in checks
    known = {
        graph.get_check_spec(key).metadata.get("dagster_dbt/unique_id")
        for key in graph.asset_check_keys
    }
    nodes = manifest["nodes"].items()
    tests = [unique_id for unique_id, node in nodes if node["resource_type"] == "test"]
    assert tests
    assert set(tests) <= known


def test_the_name_of_a_check_fits_its_list() -> None:
    def audit(**given: object) -> dict[str, object]:
        kind = {"name": "always_true", "kwargs": given}
        return {"resource_type": "test", "attached_node": "m", "test_metadata": kind, "name": "x"}

    nodes = {
        "m": {"resource_type": "model", "columns": {"met_count": {}, "counted_count": {}}},
        "a": audit(expression="coalesce(met_count, 0) <= counted_count"),
        "b": audit(expression="met_count >= 0"),
        "c": audit(expression="1 = 1"),
        "s": {"resource_type": "test", "name": "assert_a_sentence"},
    }
    found = with_short_names({"nodes": nodes})["nodes"]
    names = [found[key]["name"] for key in "abcs"]
    assert names == ["met_count", "met_count_2", "always_true", "assert_a_sentence"]
    assert nodes["a"]["name"] == "x"


def test_every_check_says_in_plain_words_what_it_demands(
    definitions: dg.Definitions, graph: AssetGraph
) -> None:
    checks = [graph.get_check_spec(key) for key in graph.asset_check_keys]
    assert checks
    for check in checks:
        assert check.description, check.key
        assert check.description.strip().endswith("."), check.description


def test_every_asset_names_its_columns_and_their_types(graph: AssetGraph) -> None:
    for node in graph.asset_nodes:
        schema = node.metadata.get("dagster/column_schema")
        if (
            schema is None
        ):  # unions take their columns from what they read, and no file declares any
            assert node.key.path[-1].startswith("int_") or len(node.key.path) == 1, node.key
            continue
        assert isinstance(schema, dg.TableSchema), node.key
        assert all(column.type for column in schema.columns), node.key


def test_every_asset_says_in_plain_words_what_it_is(graph: AssetGraph) -> None:
    for node in graph.asset_nodes:
        assert node.description, node.key
        assert "select" not in node.description.lower().split(), "no SQL on the screen"


def test_the_day_begins_at_five_in_the_time_of_the_home(definitions: dg.Definitions) -> None:
    schedule = definitions.resolve_schedule_def("every_morning")
    assert isinstance(schedule, dg.ScheduleDefinition)
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("0 5 * * *", "Europe/Paris")
    assert schedule.job_name == "daily"


def test_the_published_version_is_renewed_every_morning(graph: AssetGraph) -> None:
    policy = graph.get(dg.AssetKey("published_version")).freshness_policy
    assert policy == dg.FreshnessPolicy.cron("0 7 * * *", timedelta(hours=2), "Europe/Paris")


def test_the_job_makes_everything_in_one_process(
    definitions: dg.Definitions, graph: AssetGraph
) -> None:
    job = definitions.resolve_job_def("daily")
    assert job.executor_def.name == "in_process"
    assert set(job.asset_layer.executable_asset_keys) == set(graph.materializable_asset_keys)
    assert set(job.asset_layer.asset_graph.asset_check_keys) == set(graph.asset_check_keys)


def test_one_model_alone_is_not_built(definitions: dg.Definitions) -> None:
    job = definitions.resolve_implicit_global_asset_job_def()
    outcome = job.execute_in_process(
        asset_selection=[dg.AssetKey(["marts", "dim_teams"])], raise_on_error=False
    )
    assert "built together" in failure_text(outcome)


def failure_text(outcome: dg.ExecuteInProcessResult) -> str:
    """What the failed step `build` says to the person."""
    assert not outcome.success
    failure = outcome.failure_data_for_node("build")
    assert failure is not None
    assert failure.user_failure_data is not None
    return str(failure.user_failure_data.description)


def _ancestors(graph: AssetGraph, key: dg.AssetKey) -> Iterator[dg.AssetKey]:
    seen, waiting = set(), [key]
    while waiting:
        for parent in graph.get(waiting.pop()).parent_keys - seen:
            seen.add(parent)
            waiting.append(parent)
            yield parent
