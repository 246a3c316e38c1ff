"""Write the marts of one audience into a version directory."""

import os
from pathlib import Path
from typing import Any

import duckdb

from orchestration.home import Home
from orchestration.publication.built import built_marts
from orchestration.publication.content import added_hashes, content_hash
from orchestration.publication.marts import Mart

STORAGE_VERSION = "v1.2.0"
"""DuckDB storage that drivers of the 1.x line open; BI tools lag behind the engine."""


def export_marts(
    home: Home, marts: list[Mart], folder: Path, previous: Path | None, before: dict[str, Any]
) -> dict[str, Any]:
    """Write `marts` below `folder` and return the manifest entry of each by name.

    Whole marts go into `marts.duckdb` and a Parquet file each; facts into month files, which
    are hard links to those of the `previous` version directory where the month's content hash
    in its entries `before` is the same.
    """
    entries: dict[str, Any] = {}
    with built_marts(home, marts) as connection:
        for mart in marts:
            if mart.is_fact:
                entries[mart.name] = _export_fact(connection, mart, folder, previous, before)
            else:
                rows, digest = content_hash(connection, mart.relation)
                _copy(connection, f"from {mart.relation}", folder / f"{mart.name}.parquet")
                entries[mart.name] = {"rows": rows, "content_hash": digest}
    _write_database([mart for mart in marts if not mart.is_fact], folder)
    return entries


def _export_fact(
    connection: duckdb.DuckDBPyConnection,
    mart: Mart,
    folder: Path,
    previous: Path | None,
    before: dict[str, Any],
) -> dict[str, Any]:
    (folder / mart.name).mkdir()
    month_of = f"strftime({mart.period_column}, '%Y-%m')"
    months = connection.execute(
        f"select distinct {month_of} from {mart.relation} order by 1"
    ).fetchall()
    known = before.get(mart.name, {}).get("months", {})
    written: dict[str, Any] = {}
    for (month,) in months:
        span = f"(select * from {mart.relation} where {month_of} = '{month}')"
        rows, digest = content_hash(connection, span)
        target = folder / mart.name / f"{month}.parquet"
        if previous and known.get(month, {}).get("content_hash") == digest:
            os.link(previous / mart.name / target.name, target)
        else:
            _copy(connection, f"from {span}", target)
        written[month] = {"rows": rows, "content_hash": digest}
    return {
        "rows": sum(entry["rows"] for entry in written.values()),
        "content_hash": added_hashes([entry["content_hash"] for entry in written.values()]),
        "months": written,
    }


def _copy(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    # Sorted rows make a file a function of its content, and compress better.
    connection.execute(
        f"copy ({query} order by all) to '{_escaped(target)}' (format parquet, compression zstd)"
    )
    target.chmod(0o444)


def _write_database(marts: list[Mart], folder: Path) -> None:
    target = folder / "marts.duckdb"
    with duckdb.connect() as connection:
        connection.execute(
            f"attach '{_escaped(target)}' as marts (storage_version '{STORAGE_VERSION}')"
        )
        # Names without a database, so that views hold under whatever name a reader attaches it.
        connection.execute("use marts")
        for mart in sorted(marts, key=lambda mart: mart.query is not None):
            source = _escaped(folder / f"{mart.name}.parquet")
            kind, query = "table", f"from read_parquet('{source}')"
            if mart.query:
                kind, query = "view", mart.query
            connection.execute(f"create {kind} {mart.name} as {query}")
            _comment(connection, mart, kind)
        connection.execute("use memory")
        connection.execute("detach marts")
    if (folder / "marts.duckdb.wal").exists():
        raise RuntimeError(f"{target} still has a write-ahead log; it would not open for readers.")
    target.chmod(0o444)


def _comment(connection: duckdb.DuckDBPyConnection, mart: Mart, kind: str) -> None:
    """What the documentation says of the mart and of each column, for whoever browses the file."""
    connection.execute(f"comment on {kind} {mart.name} is {_text(mart.description)}")
    for column, description in mart.columns.items():
        connection.execute(f'comment on column {mart.name}."{column}" is {_text(description)}')


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")
