"""The steps that the command line and Dagster share, each under the home's lock."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import duckdb

from orchestration.building.fingerprint import build_fingerprint
from orchestration.building.lock import home_lock
from orchestration.building.state import build_state
from orchestration.building.warehouse import BuildSummary, build, prepare_home
from orchestration.command_runs import remember_command_run
from orchestration.errors import TelltaleError
from orchestration.home import Home
from orchestration.landing import WithdrawalRecord, land, ledger, undo, withdraw
from orchestration.landing.ledger import DeliveryRecord
from orchestration.landing.lost_tables import demand_tables
from orchestration.landing.summary import LandingSummary
from orchestration.landing.tolerance import too_many_rejected
from orchestration.publication.pointer import Served, rollback, undo_rollback
from orchestration.publication.publish import Publication, publish
from orchestration.publication.versions import current_version
from orchestration.settings import read_settings

Say = Callable[[str], None]


@dataclass(frozen=True)
class RunOutcome:
    """What one run did; a step that was not needed is None."""

    landing: LandingSummary
    build: BuildSummary | None
    publication: Publication | None

    @property
    def is_complete(self) -> bool:
        """Something complete is published, or nothing was new; a refusal alone is neither."""
        if self.publication is None:
            return False
        return self.publication.is_new or not has_refusals(self.landing)


def has_refusals(landing: LandingSummary) -> bool:
    """Whether a file was turned away whole, or lies where no raw table is."""
    return any(file.status_code in ("refused", "misplaced") for file in landing.files)


def land_step(home: Home, say: Say) -> LandingSummary:
    """Land what is new in `deliveries/`."""
    with home_lock(home, "land", on_wait=say):
        prepare_home(home)
        return land(home, on_progress=say)


def build_step(
    home: Home, say: Say, as_of: str | None = None, full: bool = False, manifest: Any = None
) -> BuildSummary:
    """Build and audit the private warehouse.

    Raises TelltaleError where too many rows of what is new were rejected, or where known
    deliveries have no table any more.
    """
    with home_lock(home, "build", on_wait=say):
        demand_tables(home)
        demand_few_rejected(home)
        return build(
            home,
            on_progress=lambda done, known, name: say(f"build {done} of {known}: {name}"),
            on_wait=say,
            as_of=as_of,
            full=full,
            manifest=manifest,
        )


def publish_step(home: Home, say: Say, again: bool = False) -> Publication:
    """Publish what was built, unless readers see the same already."""
    with home_lock(home, "publish", on_wait=say):
        return publish(home, again=again, on_progress=say)


def withdraw_step(home: Home, delivery: str, is_undone: bool = False) -> list[WithdrawalRecord]:
    """Make later builds ignore deliveries, or read them again."""
    with home_lock(home, "withdraw"):
        return undo(home, delivery) if is_undone else withdraw(home, delivery)


def rollback_step(home: Home, version: str | None = None, is_undone: bool = False) -> Served:
    """Serve and pin an earlier version, or let readers follow again; waits for no build."""
    return undo_rollback(home) if is_undone else rollback(home, version)


def run_all(
    home: Home, say: Say, as_of: str | None = None, full: bool = False, manifest: Any = None
) -> RunOutcome:
    """Land, build if anything changed, publish. One lock for all: no other run comes between.

    Raises TelltaleError where too many rows of what is new were rejected, or where known
    deliveries have no table any more: nothing is built then.
    """
    with home_lock(home, "run", on_wait=say):
        prepare_home(home)
        landing = land(home, on_progress=say)
        demand_tables(home)
        if is_empty(home):
            return RunOutcome(landing, None, None)
        built = None
        if full or not is_built(home, as_of):
            demand_few_rejected(home)
            built = build(
                home,
                on_progress=lambda done, known, name: say(f"build {done} of {known}: {name}"),
                on_wait=say,
                as_of=as_of,
                full=full,
                manifest=manifest,
            )
        publication = publish(home, on_progress=say, is_unchanged=built is None)
        remember_command_run(home, is_built=built is not None)
        return RunOutcome(landing, built, publication)


def demand_few_rejected(home: Home) -> None:
    """Raises TelltaleError where new deliveries hold more rejected rows than the home bears."""
    try:
        state = build_state(home)
    except duckdb.Error:  # it will be thrown away: nothing of it counts as built
        state = None
    known = {(delivery, contract) for delivery, _, contract in state.deliveries} if state else set()
    built = {
        one.delivery_id
        for one in ledger.read(home)
        if (one.delivery_id, one.contract_fingerprint) in known
    }
    limit = read_settings(home).home.rejected_share_limit
    refusal = too_many_rejected(home, built, limit)
    if refusal:
        raise TelltaleError(refusal)


def is_built(home: Home, as_of: str | None = None) -> bool:
    """Whether the warehouse already knows exactly the ledger's deliveries under this definition."""
    try:
        state = build_state(home)
    except duckdb.Error:
        return False
    expected = {
        (record.delivery_id, is_active(record), record.contract_fingerprint)
        for record in ledger.read(home)
    }
    return (
        state is not None
        and state.is_finished
        and state.fingerprint == build_fingerprint(home, as_of)
        and state.deliveries == expected
    )


def is_empty(home: Home) -> bool:
    """Whether nothing was accepted so far and readers see nothing that should go."""
    return not active_records(home) and current_version(home) is None


def active_records(home: Home) -> list[DeliveryRecord]:
    """Ledger records whose rows the next build reads."""
    return [record for record in ledger.read(home) if is_active(record)]


def is_active(record: DeliveryRecord) -> bool:
    """Whether builds read the delivery: it has accepted rows and was not withdrawn."""
    return record.raw_path is not None and not record.is_withdrawn
