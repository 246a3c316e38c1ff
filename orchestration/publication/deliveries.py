"""What the newest published version says of each delivery: which of its rows are in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb

from orchestration.building.engine import asked
from orchestration.errors import TelltaleError
from orchestration.home import Home
from orchestration.landing.ledger import DeliveryRecord
from orchestration.publication.pointer import newest_version

QUERY = """
select delivery_id, landed_at, is_withdrawn, is_read, superseded_count, conflict_count
from rpt_deliveries
"""


@dataclass(frozen=True)
class InForce:
    """One delivery in the newest version.

    `superseded_count`: rows that another version of their key replaces; `conflict_count`: those
    of them that only the row hash decided. Both are None where no model reads the raw table.
    """

    is_read: bool
    superseded_count: int | None
    conflict_count: int | None


def in_force(home: Home, records: Iterable[DeliveryRecord]) -> dict[str, InForce]:
    """By delivery id, for those that are published as the ledger knows them now.

    What was landed, landed anew or withdrawn since is left out: it is not built yet. Empty where
    nothing is published, or nothing since `rpt_deliveries` counts conflicts.
    """
    rows = _published(home, QUERY)
    known = {(row[0], row[1], row[2]): InForce(*row[3:]) for row in rows}
    found: dict[str, InForce] = {}
    for record in records:
        landed_at = datetime.fromisoformat(record.landed_at).astimezone(UTC).replace(tzinfo=None)
        figures = known.get((record.delivery_id, landed_at, record.is_withdrawn))
        if figures:
            found[record.delivery_id] = figures
    return found


def unread_tables(home: Home) -> set[tuple[str, str]]:
    """Raw tables (source, table) that models of the published version read, and built ones do not.

    Empty where one of the two does not say.
    """
    query = "select distinct source_code, table_code from {} where is_read"
    seen = set(_published(home, query.format("rpt_deliveries")))
    try:
        with asked(home) as ask:
            read = set(ask(query.format("home.raw_tables")))
    except (duckdb.Error, TelltaleError):
        return set()
    return seen - read


def _published(home: Home, query: str) -> list[tuple[Any, ...]]:
    """Rows of a query on the coaching marts of the newest version.

    None where nothing is published, or by a version of telltale that lacks the mart or a column.
    """
    version = newest_version(home)
    database = home.coaching / f"{version}" / "marts.duckdb"
    if version is None or not database.exists():
        return []
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            return connection.execute(query).fetchall()
    except (duckdb.BinderException, duckdb.CatalogException):
        return []
