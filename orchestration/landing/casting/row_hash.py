"""The identity of a row: a hash of its content that any engine can compute again."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from orchestration.landing.contract import Contract
from orchestration.landing.header.column import Column
from orchestration.landing.relations import existing, row_count


def row_hash(columns: Sequence[Column]) -> str:
    """SQL of 60 bits of md5 over canonical texts, each ended by a colon.

    Strings say their length first (-1 for null), so that no two rows share a text.
    """
    pieces = ", ".join(_canonical(column) for column in columns)
    return f"cast('0x' || left(md5(concat({pieces})), 15) as bigint)"


def repeats(connection: duckdb.DuckDBPyConnection, path: Path, contract: Contract) -> str:
    """SQL of the line numbers of rows that repeat an earlier row of the file exactly."""
    names = ", ".join(column.name for column in contract.columns)
    file = f"read_parquet({existing(path)})"
    seen_twice = f"select row_hash from {file} group by row_hash having count(*) > 1"
    connection.execute(f"create or replace temp table seen_twice as {seen_twice}")
    if not row_count(connection, "seen_twice"):
        return ""
    return (
        f"select line_number from (select line_number, row_number() over "
        f"(partition by {names} order by line_number) as place from {file} "
        f"where row_hash in (select row_hash from seen_twice)) where place > 1"
    )


def _canonical(column: Column) -> str:
    """A value and a colon as text that does not depend on the engine: instants as microseconds.

    `concat` takes null as nothing, and no text but that of a string is empty or holds a colon.
    """
    name = column.name
    if column.data_type == "string":
        return f"coalesce(length({name}), -1), ':', {name}, ':'"
    if column.data_type == "timestamp":
        return f"epoch_us({name}), ':'"
    if column.data_type == "boolean":
        return f"case when {name} then 'true' when not {name} then 'false' end, ':'"
    if column.data_type == "double":
        return f"try_cast({name} as decimal(38, 12)), ':'"
    return f"{name}, ':'"
