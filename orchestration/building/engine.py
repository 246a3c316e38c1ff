"""Which engine holds the private warehouse, and questions to it outside dbt."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

from orchestration.errors import TelltaleError, explained
from orchestration.home import Home
from orchestration.spark.local import known_cluster
from orchestration.spark.thrift import Server, connected, named_server

ENGINES = ("duckdb", "spark")

Ask = Callable[[str], list[tuple[Any, ...]]]


def chosen_engine() -> str:
    """`TELLTALE_ENGINE`, else duckdb. Raises TelltaleError for any other word."""
    engine = os.environ.get("TELLTALE_ENGINE") or "duckdb"
    if engine not in ENGINES:
        raise TelltaleError(
            explained(
                f"TELLTALE_ENGINE names no engine: {engine}.",
                expected=" or ".join(ENGINES),
            )
        )
    return engine


def spark_server(home: Home) -> Server:
    """The server that the environment names, else the one that runs in the home's own folder.

    Raises TelltaleError if there is neither.
    """
    cluster = known_cluster(home.spark)
    server = named_server() or (cluster.server if cluster else None)
    if server is None:
        raise TelltaleError(
            explained(
                f"No Spark is named, and none runs in {home.spark}.",
                to_do="start one with `make spark-up`, or name yours in TELLTALE_SPARK_HOST and "
                "TELLTALE_SPARK_PORT",
            )
        )
    return server


def engine_variables(home: Home) -> dict[str, str]:
    """What profiles.yml reads of the environment, for this home and engine."""
    engine = chosen_engine()
    if engine == "duckdb":
        return {"TELLTALE_ENGINE": engine}
    server = spark_server(home)
    return {
        "TELLTALE_ENGINE": engine,
        "TELLTALE_SPARK_HOST": server.host,
        "TELLTALE_SPARK_PORT": str(server.port),
        "TELLTALE_SPARK_AUTH": server.auth,
        "TELLTALE_SPARK_USER": server.user,
    }


def has_warehouse(home: Home) -> bool:
    """Whether a build of this home ever began on the chosen engine."""
    if chosen_engine() == "duckdb":
        return home.warehouse.exists()
    with asked(home) as ask:
        return bool(ask("show schemas like 'home'"))


@contextmanager
def asked(home: Home) -> Iterator[Ask]:
    """A function that answers a query on the private warehouse with rows.

    Raises duckdb.Error if the file cannot be opened, TelltaleError if no server answers.
    """
    if chosen_engine() == "duckdb":
        with duckdb.connect(str(home.warehouse), read_only=True) as connection:
            yield lambda query: connection.execute(query).fetchall()
    else:
        with connected(spark_server(home)) as cursor:

            def ask(query: str) -> list[tuple[Any, ...]]:
                cursor.execute(query)
                return cursor.fetchall()

            yield ask


def selected(home: Home, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Names of the columns and rows of a query on the private warehouse.

    Raises duckdb.Error or TelltaleError as `asked` does.
    """
    if chosen_engine() == "duckdb":
        with duckdb.connect(str(home.warehouse), read_only=True) as connection:
            found = connection.execute(query)
            return [name for name, *_ in found.description or ()], found.fetchall()
    with connected(spark_server(home)) as cursor:
        cursor.execute(query)
        return [name for name, *_ in cursor.description], cursor.fetchall()
