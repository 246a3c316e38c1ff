"""The last asset: the version that readers see."""

from collections.abc import Iterable, Mapping
from typing import Any

import dagster as dg
from rich.console import Console

from orchestration.assets.retries import retried
from orchestration.headline import headline
from orchestration.home import Home
from orchestration.run import publish_step

PUBLISHED = dg.AssetKey("published_version")


def published_version(
    home: Home, marts: Iterable[dg.AssetKey], freshness: dg.FreshnessPolicy
) -> dg.AssetsDefinition:
    """The asset `published_version`, downstream of every mart, with the time of its deadline."""
    spec = dg.AssetSpec(
        PUBLISHED,
        deps=list(marts),
        group_name="published",
        kinds={"duckdb", "parquet"},
        freshness_policy=freshness,
        description=(
            "What BI tools read: every mart of one audited build as one immutable version. "
            "Readers see the version before until this one is complete."
        ),
    )

    @dg.multi_asset(name="publish", specs=[spec])
    def publish(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        with retried():
            publication = publish_step(home, context.log.info)
        metadata = version_metadata(home, publication.version, publication.marts)
        return dg.MaterializeResult(metadata={**metadata, "new": publication.is_new})

    return publish


def version_metadata(home: Home, version: str, marts: Mapping[str, Any]) -> dict[str, Any]:
    """What a person wants to know of the version that readers see; `marts` are its manifest's."""
    rows = [
        dg.TableRecord({"mart": name, "rows": entry["rows"]})
        for name, entry in sorted(marts.items())
    ]
    return {
        "version": version,
        "folder": dg.MetadataValue.path(str(home.published / version)),
        "headline KPIs": dg.MetadataValue.md(f"```\n{_headlines(home)}\n```"),
        "rows per mart": dg.MetadataValue.table(rows),
    }


def _headlines(home: Home) -> str:
    console = Console(width=100, no_color=True)
    with console.capture() as captured:
        console.print(headline(home))
    return captured.get().rstrip()
