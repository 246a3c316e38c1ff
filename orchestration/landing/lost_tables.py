"""Deliveries whose raw table is gone: building on the rest would publish a version without them."""

from collections.abc import Collection
from itertools import groupby

from orchestration.errors import TelltaleError, explained
from orchestration.home import Home
from orchestration.landing import ledger
from orchestration.landing.contract import read_contracts


def demand_tables(home: Home, unread: Collection[tuple[str, str]] = ()) -> None:
    """Raises TelltaleError where a delivery that builds should read has no raw table any more.

    As under another branch, whose models lack a source. `unread` are tables (source, table) of
    which readers see rows and that no model reads now: that is the same to them.
    """
    tables = read_contracts().keys() - set(unread)
    lost = [
        one
        for one in ledger.read(home)
        if one.raw_path and not one.is_withdrawn and (one.source_code, one.table_code) not in tables
    ]
    if not lost:
        return
    details = []
    for place, group in groupby(lost, lambda one: f"{one.source_code}/{one.table_code}"):
        files = list(group)
        rows = sum(one.accepted_count for one in files)
        count = f"{len(files):,} {'delivery' if len(files) == 1 else 'deliveries'}"
        details.append(f"{place}: {count} with {rows:,} rows, such as {files[0].file_name}")
    raise TelltaleError(
        explained(
            "known deliveries have no raw table any more: nothing is published, and readers keep "
            "what they had",
            *details,
            expected="their folder in the models' staging, and a model that reads it",
            to_do="go back to the branch, version or settings that has the source; or, where it is "
            "to go, `telltale withdraw SOURCE/TABLE` and run again",
        )
    )
