"""Questions to a Thrift Server, outside dbt."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from orchestration.errors import TelltaleError, explained

SESSION = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.sources.partitionOverwriteMode": "DYNAMIC",
    "spark.sql.shuffle.partitions": "4",
}
"""Defaults of every session; profiles.yml asks a person's own server for the same."""


@dataclass(frozen=True)
class Server:
    """Where a Thrift Server listens, and how it wants to be asked."""

    host: str
    port: int
    auth: str = "NOSASL"
    user: str = "telltale"


def named_server() -> Server | None:
    """The server that the environment names in TELLTALE_SPARK_HOST and its siblings, if any."""
    host = os.environ.get("TELLTALE_SPARK_HOST")
    if not host:
        return None
    return Server(
        host,
        int(os.environ.get("TELLTALE_SPARK_PORT", "10000")),
        os.environ.get("TELLTALE_SPARK_AUTH", "NOSASL"),
        os.environ.get("TELLTALE_SPARK_USER", "telltale"),
    )


@contextmanager
def connected(server: Server) -> Iterator[Any]:
    """A cursor of one session with the settings that the models rely on.

    Raises TelltaleError if nobody answers.
    """
    # By name: the ordinary environment, in which types are checked, lacks both.
    hive = import_module("pyhive.hive")
    failure: type[Exception] = import_module("thrift.Thrift").TException

    try:
        session = hive.connect(
            host=server.host,
            port=server.port,
            username=server.user,
            auth=server.auth,
            password=os.environ.get("DBT_ENV_SECRET_SPARK_PASSWORD") or None,
            configuration=dict(SESSION),
        )
    except (failure, OSError) as error:
        raise TelltaleError(
            explained(
                f"No Thrift Server answers at {server.host}:{server.port} ({error}).",
                to_do="start one with `make spark-up`, or name yours in TELLTALE_SPARK_HOST and "
                "TELLTALE_SPARK_PORT",
            )
        ) from error
    try:
        yield session.cursor()
    finally:
        session.close()


def answers(server: Server) -> bool:
    """Whether a session can be opened now."""
    try:
        with socket.create_connection((server.host, server.port), timeout=2):
            pass
        with connected(server) as cursor:
            cursor.execute("select 1")
            return cursor.fetchall() == [(1,)]
    except (OSError, TelltaleError):
        return False
