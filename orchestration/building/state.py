"""The private warehouse as the last build left it: continued, waited for, or thrown away."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from orchestration.building.engine import asked, chosen_engine, has_warehouse
from orchestration.errors import HomeHeldError
from orchestration.home import Home


@dataclass(frozen=True)
class BuildState:
    """What the private warehouse says of its last build, and which deliveries it knows."""

    fingerprint: str
    is_finished: bool
    is_full: bool
    why: str
    deliveries: frozenset[tuple[str, bool, str]]


def build_state(home: Home) -> BuildState | None:
    """State of the last build; None if none has begun.

    Raises duckdb.Error if the file is locked, damaged or of another version of telltale.
    """
    if not has_warehouse(home):
        return None
    with asked(home) as ask:
        if chosen_engine() == "duckdb" and not ask(
            "select 1 from information_schema.schemata where schema_name = 'home'"
        ):
            return None
        build = ask("select fingerprint_code, is_finished, is_full, why_text from home.build")
        known = ask("select delivery_id, is_active, contract_code from home.built_deliveries")
    if not build:
        return None
    fingerprint, is_finished, is_full, why = build[0]
    deliveries = frozenset((delivery, active, contract) for delivery, active, contract in known)
    return BuildState(fingerprint, is_finished, is_full, why, deliveries)


def open_warehouse(
    home: Home, on_wait: Callable[[str], None] | None, wait_seconds: float = 120
) -> None:
    """Make sure that dbt can open the private warehouse and continue what it finds there.

    An ended Dagster run may leave its dbt child with the file open for some seconds. A file
    that cannot be read, or that another version of telltale made, is thrown away: everything in
    it comes from raw.
    """
    if chosen_engine() != "duckdb":
        with asked(home) as ask:
            ask("select 1")
        return
    deadline = time.monotonic() + wait_seconds
    told = False
    while True:
        try:
            if home.warehouse.exists():
                build_state(home)
            return
        except duckdb.IOException as error:
            if "lock" not in str(error):
                _discard_warehouse(home, on_wait)
                return
            if time.monotonic() > deadline:
                raise HomeHeldError(
                    f"{home.warehouse} is open in another process: {error}. End that process, then "
                    "run the command again."
                ) from error
            if on_wait and not told:
                on_wait("waiting for an earlier build to let go of the warehouse")
                told = True
            time.sleep(0.5)
        except duckdb.Error:
            _discard_warehouse(home, on_wait)
            return


def _discard_warehouse(home: Home, on_wait: Callable[[str], None] | None) -> None:
    if on_wait:
        on_wait("rebuilding the private warehouse, which could not be continued")
    for path in (home.warehouse, home.warehouse.with_name(home.warehouse.name + ".wal")):
        path.unlink(missing_ok=True)
