"""Databases in memory that answer as the project's own does, and never for ever."""

import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

SECONDS = 30.0
"""A mutant whose select runs longer than this counts as detected: a person would see it."""

MEMORY = {"memory_limit": "2GB", "temp_directory": ""}
ADDRESSES = 16 * 2**30
"""One whose select fills these fails, before the machine does. Lists escape the first limit."""


def session() -> duckdb.DuckDBPyConnection:
    """An empty database in memory that reads and sorts as the project's own does.

    Plans are not optimised: on a few hundred rows that takes longer than the query.
    """
    connection = duckdb.connect(":memory:", config={"threads": 1, **MEMORY})
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set default_null_order = 'nulls_first_on_asc_last_on_desc'")
    connection.execute("pragma disable_optimizer")
    return connection


def limit_memory() -> None:
    """Let this process fail where it would take the machine's memory."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))


@contextmanager
def limited(connection: duckdb.DuckDBPyConnection, seconds: float = SECONDS) -> Iterator[None]:
    """Interrupt what runs inside after some seconds: it then raises duckdb.InterruptException."""
    timer = threading.Timer(seconds, connection.interrupt)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
