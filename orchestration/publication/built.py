"""The marts of the last build as DuckDB reads them, whichever engine built them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.building.engine import chosen_engine, spark_server
from orchestration.home import Home
from orchestration.publication.marts import Mart
from orchestration.spark.thrift import connected

BEYOND_CONTRACT = "partition_month"
"""The column by which Spark's tables of facts are cut, which no reader sees."""


@contextmanager
def built_marts(home: Home, marts: list[Mart]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which every mart is a relation under its own name.

    From Spark they come as Parquet through the home, which must lie where Spark can write; hashes
    and published files are then made by the same code from the same types.
    """
    if chosen_engine() == "duckdb":
        with duckdb.connect(str(home.warehouse), read_only=True) as connection:
            yield connection
        return
    folder = home.state / "spark-export"
    try:
        with duckdb.connect() as connection:
            for mart in marts:
                _export(home, mart, folder / mart.name)
                schema = mart.relation.partition(".")[0]
                connection.execute(f"create schema if not exists {schema}")
                files = str(folder / mart.name / "*.parquet").replace("'", "''")
                connection.execute(f"create view {mart.relation} as from read_parquet('{files}')")
            yield connection
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _export(home: Home, mart: Mart, folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with connected(spark_server(home)) as cursor:
        cursor.execute(f"select * from {mart.relation} limit 0")
        columns = [name for name, *_ in cursor.description if name != BEYOND_CONTRACT]
        place = str(folder).replace("\\", "\\\\").replace("'", "\\'")
        # One file at least, of the right types, even where the mart is empty.
        cursor.execute(
            f"insert overwrite directory '{place}' using parquet "
            f"select /*+ repartition(1) */ {', '.join(columns)} from {mart.relation}"
        )
