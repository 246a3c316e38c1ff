"""Put a history into a home as files, and read back what landing and the build made of it."""

import csv
from collections import defaultdict
from datetime import date, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.home import Home
from orchestration.landing import read_contracts
from tests.histories.history import History
from tests.oracle.kpi_values import Key, Row

ARROW_TYPES = {
    "string": pa.string(),
    "bigint": pa.int64(),
    "integer": pa.int32(),
    "boolean": pa.bool_(),
    "timestamp": pa.timestamp("us"),
    "date": pa.date32(),
    "double": pa.float64(),
    "decimal(18,2)": pa.decimal128(18, 2),
}


def write_history(home: Home, history: History, seed: int = 0, parts: int = 3) -> None:
    """Write lists, settings and deliveries; rows are dealt over `parts` files in any order."""
    home.lists.mkdir(parents=True, exist_ok=True)
    home.settings_file.write_text(
        f'[home]\nzone = "{history.zone}"\nsite = "{history.site}"\nrejected_share_limit = 1\n',
        "utf-8",
    )
    for name, rows in history.lists.items():
        write_list(home, name, rows)
    rng = Random(seed)
    for table, rows in history.tables.items():
        dealt: dict[tuple[date | None, int, tuple[str, ...]], list[Row]] = defaultdict(list)
        for row in rng.sample(rows, len(rows)):
            part = 0 if row["delivered_date"] else rng.randrange(parts)
            dealt[row["delivered_date"], part, row.get("lacks", ())].append(row)
        for (delivered, part, lacks), chosen in dealt.items():
            stamp = f"_{delivered.isoformat()}" if delivered else ""
            name = "_without_".join([f"part{part}_{seed}", *lacks])
            deliver(home, table, f"{name}{stamp}.parquet", chosen, lacks)


def deliver(
    home: Home, table: str, name: str, rows: list[Row], lacks: tuple[str, ...] = ()
) -> Path:
    """Write rows of a standard raw table as one Parquet delivery and return its path.

    `lacks` are columns of the contract that the file has not.
    """
    contract = _contracts()["standard", table]
    fields = [
        (column.name, ARROW_TYPES[column.data_type])
        for column in contract.columns
        if column.name not in lacks
    ]
    columns = {name: pa.array([row.get(name) for row in rows], kind) for name, kind in fields}
    folder = home.deliveries / "standard" / table
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), folder / name)
    return folder / name


def write_list(home: Home, name: str, rows: list[Row]) -> None:
    """Write one of the centre's lists."""
    from orchestration.building.lists import list_columns

    home.lists.mkdir(parents=True, exist_ok=True)
    with (home.lists / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list_columns()[name], restval="")
        writer.writeheader()
        for row in rows:
            writer.writerow({k: _text(v) for k, v in row.items() if v is not None})


def landed_history(home: Home, history: History) -> History:
    """The rows that passed the door, with the row hashes that landing gave: they decide ties."""
    tables = {}
    for table, rows in history.tables.items():
        contract = _contracts()["standard", table]
        names = [c.name for c in contract.columns if not c.pseudonymise]
        found: dict[tuple[Any, ...], int] = {}
        files = [str(path) for path in (home.raw / "standard" / table).glob("*.parquet")]
        if files:
            query = f"select {', '.join(names)}, row_hash from read_parquet({files})"
            for *values, row_hash in duckdb.execute(query).fetchall():
                found[tuple(values)] = row_hash
        tables[table] = [
            row | {"row_hash": found[tuple(row.get(name) for name in names)]}
            for row in rows
            if tuple(row.get(name) for name in names) in found
        ]
    return History(tables, history.lists, history.zone, history.site, history.as_of)


def built_kpi_values(home: Home) -> dict[Key, dict[str, Any]]:
    """`kpi_values` of the private warehouse by the oracle's key."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        found = connection.execute("select * from marts.kpi_values")
        names = [column[0] for column in found.description or []]
        rows = [dict(zip(names, values, strict=True)) for values in found.fetchall()]
    return {
        (r["kpi_id"], r["period_code"], r["period_start_date"], r["scope_code"], r["scope_id"]): r
        for r in rows
    }


@cache
def _contracts() -> Any:
    return read_contracts()


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)
