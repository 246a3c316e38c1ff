"""The first asset: the files that lie in the home's deliveries folder."""

from collections import Counter
from pathlib import Path

import dagster as dg

from orchestration.home import Home
from orchestration.landing.contract import read_contracts
from orchestration.landing.deliveries import found_files

DELIVERIES = dg.AssetKey("deliveries")
MISPLACED = "every_file_lies_in_a_raw_table"


def delivered_files(home: Home) -> dg.AssetsDefinition:
    """The asset `deliveries`: counts what is there and reads no file."""

    @dg.asset(
        key=DELIVERIES,
        group_name="deliveries",
        kinds={"file"},
        description=(
            "The files that people and systems put into the home's folder "
            "deliveries/<source>/<raw table>/. Telltale reads them and never changes them."
        ),
        check_specs=[
            dg.AssetCheckSpec(
                MISPLACED,
                asset=DELIVERIES,
                description="A file in any other folder is not read; move it to its raw table.",
            )
        ],
    )
    def deliveries() -> dg.MaterializeResult:
        files = list(found_files(home))
        known = set(read_contracts())
        counts = Counter((source, table) for source, table, _ in files)
        misplaced = [path for source, table, path in files if (source, table) not in known]
        rows = [
            dg.TableRecord({"source": source, "raw table": table, "files": count})
            for (source, table), count in sorted(counts.items())
        ]
        return dg.MaterializeResult(
            metadata={
                "folder": dg.MetadataValue.path(str(home.deliveries)),
                "files": len(files),
                **({"files by raw table": dg.MetadataValue.table(rows)} if rows else {}),
            },
            check_results=[_placed(home, misplaced)],
        )

    return deliveries


def _placed(home: Home, misplaced: list[Path]) -> dg.AssetCheckResult:
    names = [path.relative_to(home.deliveries).as_posix() for path in misplaced]
    return dg.AssetCheckResult(
        check_name=MISPLACED,
        passed=not names,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{len(names)} files lie where no raw table is" if names else None,
        metadata={"misplaced files": len(names), "files": names[:50]},
    )
