"""Build the private warehouse of a home with dbt, in this process."""

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from orchestration.building.audits import failure_text
from orchestration.building.dbt import close_warehouse, dbt_arguments, dbt_environment
from orchestration.building.lists import check_lists
from orchestration.building.state import BuildState, build_state, open_warehouse
from orchestration.errors import TelltaleError
from orchestration.home import Home
from orchestration.landing import ledger
from orchestration.settings import read_settings

LEFT_OUT = ("unit_test", "exposure")
"""Kinds of nodes that a build leaves out.

Unit tests prove the models, not the data: they belong to `make test`, not to every day. Exposures
are documentation that dbt counts as nodes and never runs.
"""


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
    """Make what every step needs: folders, and settings and lists as dbt reads them.

    Raises TelltaleError for lists and settings that cannot be read.
    """
    home.deliveries.mkdir(parents=True, exist_ok=True)
    for folder in (home.raw, home.quarantine, home.ledger, home.state, home.coaching):
        folder.mkdir(parents=True, exist_ok=True)
        # Individual rows and results: for the owner only, whatever their umask says.
        folder.chmod(0o700)
    check_lists(home)
    settings = read_settings(home)
    written = home.state / "settings.json"
    text = json.dumps(
        {
            "zone_name": settings.home.zone,
            "site_id": settings.home.site,
            "currency_code": settings.home.currency,
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
    open_warehouse(home, on_wait)
    started = time.monotonic()
    progress = _Progress(on_progress)
    apart = [word for kind in LEFT_OUT for word in ("--exclude-resource-type", kind)]
    arguments = ["build", *apart, *dbt_arguments(home)]
    if as_of:
        arguments += ["--vars", json.dumps({"as_of": as_of})]
    if full:
        arguments.append("--full-refresh")
    with dbt_environment(home, as_of):
        mask = os.umask(0o077)
        try:
            outcome = dbtRunner(manifest=manifest, callbacks=[progress]).invoke(arguments)
        finally:
            os.umask(mask)
            close_warehouse()
    if outcome.exception is not None:
        raise TelltaleError(f"The build could not start: {outcome.exception}")
    results: list[Any] = list(getattr(outcome.result, "results", []))
    failures = [r for r in results if r.status in ("error", "fail", "runtime error")]
    if failures or not outcome.success:
        raise TelltaleError(failure_text(home, failures))
    state = build_state(home)
    assert state is not None
    if home.warehouse.exists():
        home.warehouse.chmod(0o600)
    _check_deliveries(home, state)
    return BuildSummary(
        node_count=len(results),
        passed_count=sum(r.status in ("success", "pass") for r in results),
        warnings=[f"{r.node.name}: {r.message}" for r in results if r.status == "warn"],
        why=state.why,
        is_full=state.is_full,
        seconds=time.monotonic() - started,
    )


def _check_deliveries(home: Home, state: BuildState) -> None:
    """The build must have seen the ledger that landing wrote, record by record."""
    expected = {(one.delivery_id, one.contract_fingerprint) for one in ledger.read(home)}
    seen = {(delivery, contract) for delivery, _, contract in state.deliveries}
    if seen != expected:
        raise TelltaleError(
            f"The build saw {len(seen):,} ledger records; {home.ledger} holds {len(expected):,}. "
            "Nothing is published. Run again; if it stays so, move the home to a path of plain "
            "letters and digits."
        )
