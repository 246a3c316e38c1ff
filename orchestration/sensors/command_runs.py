"""Runs of the command line, shown in Dagster as what they made."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

import dagster as dg
import duckdb

from orchestration.assets.deliveries import DELIVERIES
from orchestration.assets.judgements import CHECK
from orchestration.assets.measures import sizes
from orchestration.assets.publication import PUBLISHED, version_metadata
from orchestration.assets.raw_tables import table_metadata
from orchestration.command_runs import last_command_run
from orchestration.home import Home
from orchestration.landing import ledger
from orchestration.landing.contract import read_contracts
from orchestration.manifest import project_hash
from orchestration.publication.versions import current_version, read_manifest

Event = dg.AssetMaterialization | dg.AssetCheckEvaluation
COMMAND = {"made by": "telltale run"}


def command_runs(
    home: Home, manifest: Mapping[str, Any], checks: Iterable[dg.AssetCheckSpec]
) -> dg.SensorDefinition:
    """The sensor `command_runs`: what `telltale run` made since the last look.

    `checks` are those of the models: a run that ended well passed them all.
    """
    audits, parsed = list(checks), project_hash()

    @dg.sensor(
        name="command_runs",
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Shows what `telltale run` made at the command line as made.",
    )
    def sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        last = last_command_run(home)
        known = json.loads(context.cursor or "{}")
        if last is None or known == asdict(last):
            return dg.SkipReason("No command ran since the last look.")
        events: list[Event] = [*_landed(home)]
        if last.built_at != known.get("built_at") and project_hash() == parsed:
            try:
                events += _built(home, manifest["nodes"], audits)
            except duckdb.Error:
                return dg.SkipReason("A build holds the warehouse; waiting until it ends.")
        events += _published(home)
        return dg.SensorResult(asset_events=events, cursor=json.dumps(asdict(last)))

    return sensor


def _landed(home: Home) -> Iterator[Event]:
    yield dg.AssetMaterialization(DELIVERIES, metadata=COMMAND)
    records = ledger.read(home)
    for name in sorted(read_contracts()):
        mine = [one for one in records if (one.source_code, one.table_code) == name]
        key = dg.AssetKey(name)
        yield dg.AssetMaterialization(key, metadata={**table_metadata(mine), **COMMAND})
        yield dg.AssetCheckEvaluation(asset_key=key, check_name=CHECK, passed=True)


def _built(
    home: Home, nodes: Mapping[str, Any], audits: Iterable[dg.AssetCheckSpec]
) -> Iterator[Event]:
    built = [one for one in nodes.values() if one["resource_type"] in ("model", "seed")]
    known = sizes(home, built)
    for node in built:
        metadata = {**known[node["unique_id"]], **COMMAND}
        yield dg.AssetMaterialization([node["schema"], node["name"]], metadata=metadata)
    for audit in audits:
        yield dg.AssetCheckEvaluation(asset_key=audit.asset_key, check_name=audit.name, passed=True)


def _published(home: Home) -> Iterator[Event]:
    version = current_version(home)
    if version:
        marts = read_manifest(home.published / version)["marts"]
        metadata = version_metadata(home, version, marts)
        yield dg.AssetMaterialization(PUBLISHED, metadata={**metadata, **COMMAND})
