"""How many rejected rows a home bears before nothing is built on the rest."""

from collections.abc import Collection
from itertools import groupby

from orchestration.errors import explained
from orchestration.home import Home
from orchestration.landing import ledger
from orchestration.landing.contract import read_contracts
from orchestration.landing.ledger import DeliveryRecord
from orchestration.landing.quarantine import examples

LEAST_REJECTED = 10
"""Fewer rejected rows never stop a build: in a small file they are a large share of it."""
FILES_SHOWN = 5


def is_too_much(rejected_count: int, read_count: int, limit: float) -> bool:
    """Whether the share of rejected rows passes `limit` (0..1)."""
    return rejected_count >= LEAST_REJECTED and rejected_count > limit * read_count


def too_many_rejected(home: Home, built: Collection[str], limit: float) -> str | None:
    """The refusal to build on deliveries that no build has read yet, or None.

    `built` are ids of deliveries that the last build knew. Each raw table is judged on its own,
    and until a person acts: else a large table would hide a broken small one, and a second run
    would pass what stopped the first.
    """
    new = [
        one for one in ledger.read(home) if not one.is_withdrawn and one.delivery_id not in built
    ]
    new.sort(key=lambda one: (one.source_code, one.table_code, -one.rejected_count, one.file_name))
    details = []
    for (source, table), group in groupby(new, lambda one: (one.source_code, one.table_code)):
        files = list(group)
        rejected = sum(one.rejected_count for one in files)
        read = sum(one.read_count for one in files)
        if is_too_much(rejected, read, limit):
            share = f"{100 * rejected / read:.1f} % of {read:,} new rows"
            details.append(f"{source}/{table}: {rejected:,} rejected, {share}")
            details += _worst(home, [one for one in files if one.rejected_count])
    if not details:
        return None
    return explained(
        "too many rows were rejected: nothing is built, and readers keep what they had",
        *details,
        expected=f"at most {100 * limit:g} % (rejected_share_limit under [home] in settings.toml)",
        to_do="correct the files, or settings.toml where it misreads them, and run again; "
        "`telltale withdraw FILE` leaves a file out; or raise rejected_share_limit",
    )


def _worst(home: Home, files: list[DeliveryRecord]) -> list[str]:
    contracts, said = read_contracts(), []
    for one in files[:FILES_SHOWN]:
        said.append(f"{one.file_name}: {one.rejected_count:,} of {one.read_count:,} rows rejected")
        path = home.root / (one.quarantine_path or "")
        if path.is_file():
            hidden = contracts[one.source_code, one.table_code].hidden_columns
            said += [f"such as {example}" for example in examples(path, hidden)[:1]]
            said.append(f"see {one.quarantine_path}")
    more = len(files) - FILES_SHOWN
    return [*said, f"and {more:,} more files"] if more > 0 else said
