"""One asset per raw table, all made by the land step that the command line also calls."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import dagster as dg

from orchestration.assets.deliveries import DELIVERIES
from orchestration.assets.judgements import CHECK, built_deliveries, check_result, judged
from orchestration.assets.measures import declared_columns
from orchestration.assets.retries import retried
from orchestration.building.lock import home_lock
from orchestration.building.state import open_warehouse
from orchestration.home import Home
from orchestration.landing import ledger
from orchestration.landing.contract import read_contracts
from orchestration.landing.ledger import DeliveryRecord
from orchestration.run import land_step
from orchestration.settings import read_settings


def raw_tables(home: Home, sources: Iterable[Mapping[str, Any]]) -> dg.AssetsDefinition:
    """Every raw table of every contract as an asset [source, table] with its door check.

    `sources` are those of dbt's manifest: the contracts in words.
    """
    names = sorted(read_contracts())
    known = {(one["source_name"], one["name"]): one for one in sources}
    specs = [
        dg.AssetSpec(
            key=[source, table],
            deps=[DELIVERIES],
            group_name="raw",
            kinds={"parquet"},
            description=f"{entry.get('description', '')} Typed rows that passed the door.",
            metadata=declared_columns(entry),
        )
        for source, table in names
        for entry in [known.get((source, table), {})]
    ]
    checks = [
        dg.AssetCheckSpec(
            CHECK,
            asset=dg.AssetKey([source, table]),
            blocking=True,
            description=(
                "Great Expectations and the contract at the door. A warning counts what was "
                "refused; an error stops the run before the build."
            ),
        )
        for source, table in names
    ]

    @dg.multi_asset(name="land", specs=specs, check_specs=checks)
    def land(
        context: dg.AssetExecutionContext,
    ) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        with retried():
            summary = land_step(home, context.log.info)
            with home_lock(home, "check", on_wait=context.log.info):
                open_warehouse(home, context.log.info)
                records, built = ledger.read(home), built_deliveries(home)
        for line in summary.lines():
            context.log.info(line)
        limit = read_settings(home).home.rejected_share_limit
        for name in names:
            mine = [one for one in records if (one.source_code, one.table_code) == name]
            key = dg.AssetKey(name)
            yield dg.MaterializeResult(asset_key=key, metadata=table_metadata(mine))
            yield check_result(judged(mine, built, summary, name), key, limit)

    return land


def table_metadata(
    records: list[DeliveryRecord],
) -> dict[str, dg.MetadataValue]:
    """Files and rows of one raw table by its ledger records."""
    kept = [one for one in records if not one.is_withdrawn]
    last = max(kept, key=lambda one: (one.landed_at, one.file_name), default=None)
    accepted = sum(one.accepted_count for one in kept)
    return {
        "dagster/row_count": dg.MetadataValue.int(accepted),
        "files": dg.MetadataValue.int(len(kept)),
        "accepted rows": dg.MetadataValue.int(accepted),
        "rejected rows": dg.MetadataValue.int(sum(one.rejected_count for one in kept)),
        "duplicate rows": dg.MetadataValue.int(sum(one.duplicate_count for one in kept)),
        "last delivery": dg.MetadataValue.text(
            f"{last.file_name}, landed {last.landed_at}" if last else "none yet"
        ),
    }
