"""Build the private warehouse of a home with dbt, in this process."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from orchestration.building.fingerprint import build_fingerprint
from orchestration.building.lists import prepare_lists
from orchestration.errors import TelltaleError
from orchestration.home import PROJECT_ROOT, Home
from orchestration.settings import read_settings


@dataclass(frozen=True)
class BuildSummary:
    """What one build did: nodes by status, why it was full or not, and its warnings."""

    node_count: int
    passed_count: int
    warnings: list[str]
    why: str
    is_full: bool
    seconds: float


@dataclass
class _Progress:
    """Counts finished nodes for a person at a terminal."""

    report: Callable[[int, int, str], None] | None
    finished: int = 0
    known: int = 0
    messages: list[str] = field(default_factory=list)

    def __call__(self, event: Any) -> None:
        name = event.info.name
        if name == "LogStartLine":
            self.known = max(self.known, event.data.total)
        elif name == "NodeFinished" and self.report:
            self.finished += 1
            node = event.data.node_info
            self.report(self.finished, self.known, node.node_name)


def prepare_home(home: Home) -> None:
    """Make what every step needs: folders, empty lists, settings as dbt reads them."""
    for folder in (home.deliveries, home.raw, home.ledger, home.state):
        folder.mkdir(parents=True, exist_ok=True)
    prepare_lists(home)
    settings = read_settings(home)
    written = home.state / "settings.json"
    text = json.dumps(
        {
            "zone_name": settings.zone,
            "site_id": settings.site,
            "currency_code": settings.currency,
        }
    )
    if not written.exists() or written.read_text("utf-8") != text:
        written.write_text(text, "utf-8")


def build(
    home: Home,
    on_progress: Callable[[int, int, str], None] | None = None,
    on_wait: Callable[[str], None] | None = None,
    as_of: str | None = None,
    full: bool = False,
    manifest: Any = None,
) -> BuildSummary:
    """Run one whole `dbt build`: models, then every audit on them.

    `as_of` is a UTC instant such as "2026-06-30 00:00:00"; `manifest` is an already parsed
    project, for callers that build often. Raises TelltaleError if any node fails; the private
    warehouse then stays unpublished and the next build repairs it.
    """
    from dbt.cli.main import dbtRunner

    prepare_home(home)
    _wait_for_warehouse(home, on_wait)
    started = time.monotonic()
    progress = _Progress(on_progress)
    # Unit tests prove the models, not the data: they belong to `make test`, not to every day.
    arguments = ["build", "--exclude-resource-type", "unit_test", *dbt_arguments(home)]
    if as_of:
        arguments += ["--vars", json.dumps({"as_of": as_of})]
    if full:
        arguments.append("--full-refresh")
    with dbt_environment(home, as_of):
        try:
            outcome = dbtRunner(manifest=manifest, callbacks=[progress]).invoke(arguments)
        finally:
            _close_warehouse()
    if outcome.exception is not None:
        raise TelltaleError(f"The build could not start: {outcome.exception}")
    results = list(outcome.result.results) if outcome.result else []
    failures = [r for r in results if r.status in ("error", "fail", "runtime error")]
    if failures or not outcome.success:
        raise TelltaleError(_failure_text(home, failures))
    why, is_full = _build_state(home)
    return BuildSummary(
        node_count=len(results),
        passed_count=sum(r.status in ("success", "pass") for r in results),
        warnings=[f"{r.node.name}: {r.message}" for r in results if r.status == "warn"],
        why=why,
        is_full=is_full,
        seconds=time.monotonic() - started,
    )


def dbt_arguments(home: Home) -> list[str]:
    """Flags that keep dbt's files under the home and its voice out of the terminal."""
    return [
        "--project-dir", str(PROJECT_ROOT),
        "--profiles-dir", str(PROJECT_ROOT),
        "--target-path", str(home.state / "target"),
        "--log-path", str(home.state / "logs"),
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


def _wait_for_warehouse(
    home: Home, on_wait: Callable[[str], None] | None, wait_seconds: float = 120
) -> None:
    """An ended Dagster run may leave its dbt child with the file open for some seconds."""
    deadline = time.monotonic() + wait_seconds
    told = False
    while True:
        try:
            duckdb.connect(str(home.warehouse)).close()
            return
        except duckdb.IOException as error:
            if time.monotonic() > deadline:
                raise TelltaleError(
                    f"{home.warehouse} is open in another process: {error}. End that process, then "
                    "run the command again."
                ) from error
            if on_wait and not told:
                on_wait("waiting for an earlier build to let go of the warehouse")
                told = True
            time.sleep(0.5)


def _close_warehouse() -> None:
    """In one process dbt keeps the file open for its next command; publishing must open it."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    if DuckDBConnectionManager._ENV is not None:
        DuckDBConnectionManager._ENV.close()
    DuckDBConnectionManager.close_all_connections()


def _build_state(home: Home) -> tuple[str, bool]:
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        row = connection.execute("select why_text, is_full from home.build").fetchone()
    return (row[0], row[1]) if row else ("", True)


def _failure_text(home: Home, failures: list[Any]) -> str:
    lines = ["The build failed; what was published before stays as it is."]
    for failure in failures[:10]:
        where = Path(getattr(failure.node, "original_file_path", "")).as_posix()
        lines.append(f"- {failure.node.name} ({where}): {str(failure.message).strip()}")
    if len(failures) > 10:
        lines.append(f"- and {len(failures) - 10} more")
    lines.append(f"Compiled SQL lies in {home.state / 'target'}, the log in {home.state / 'logs'}.")
    return "\n".join(lines)
