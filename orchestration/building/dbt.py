"""How telltale calls dbt: its flags, its environment, and letting go of the file after it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from orchestration.building.engine import chosen_engine, engine_variables
from orchestration.building.fingerprint import build_fingerprint
from orchestration.home import PROJECT_ROOT, Home


def dbt_arguments(home: Home) -> list[str]:
    """Flags that keep dbt's files under the home and its voice out of the terminal."""
    return [
        "--project-dir", str(PROJECT_ROOT),
        "--profiles-dir", str(PROJECT_ROOT),
        "--target-path", str(home.state / "target"),
        "--log-path", str(home.state / "logs"),
        # Every statement in the log would take a sixth of the time of a build.
        "--log-level-file", "info",
        # What failed is printed once, in words, by whoever called.
        "--log-level", "none",
        "--quiet",
        "--no-use-colors",
        "--no-version-check",
    ]  # fmt: skip


@contextmanager
def dbt_environment(home: Home, as_of: str | None = None) -> Iterator[None]:
    """The variables that the dbt project reads, set for one call and restored after it."""
    wanted = {
        "TELLTALE_HOME": str(home.root),
        "TELLTALE_FINGERPRINT": build_fingerprint(home, as_of),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        **engine_variables(home),
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def close_warehouse() -> None:
    """In one process dbt keeps the file open for its next command; publishing must open it."""
    if chosen_engine() != "duckdb":
        return
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    if DuckDBConnectionManager._ENV is not None:
        DuckDBConnectionManager._ENV.close()
    DuckDBConnectionManager.close_all_connections()
