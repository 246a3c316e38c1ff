"""The last asset: the version that readers see."""

from collections.abc import Iterable

import dagster as dg
from rich.console import Console

from orchestration.home import Home
from orchestration.run import publish_step
from orchestration.summary import headline_table


def published_version(home: Home, marts: Iterable[dg.AssetKey]) -> dg.AssetsDefinition:
    """The asset `published_version`, downstream of every mart."""
    spec = dg.AssetSpec(
        "published_version",
        deps=list(marts),
        group_name="published",
        kinds={"duckdb", "parquet"},
        description=(
            "What BI tools read: every mart of one audited build as one immutable version. "
            "Readers see the version before until this one is complete."
        ),
    )

    @dg.multi_asset(name="publish", specs=[spec])
    def publish(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        publication = publish_step(home, context.log.info)
        rows = [
            dg.TableRecord({"mart": name, "rows": entry["rows"]})
            for name, entry in sorted(publication.marts.items())
        ]
        return dg.MaterializeResult(
            metadata={
                "version": publication.version,
                "new": publication.is_new,
                "folder": dg.MetadataValue.path(str(publication.folder)),
                "headline KPIs": dg.MetadataValue.md(f"```\n{_headlines(home)}\n```"),
                "rows per mart": dg.MetadataValue.table(rows),
            }
        )

    return publish


def _headlines(home: Home) -> str:
    console = Console(width=100, no_color=True)
    with console.capture() as captured:
        console.print(headline_table(home))
    return captured.get().rstrip()
