"""Rows of Python and names of people, put safely into DuckDB."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

BATCH = 20_000


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def matches(text: str, pattern: str) -> str:
    """SQL condition: the whole text is of the pattern."""
    return f"regexp_full_match({text}, {quoted(pattern)})"


def existing(path: Path) -> str:
    """The path of a file that is there, as an SQL literal that DuckDB takes for no pattern."""
    return quoted(re.sub(r"[*?\[]", r"[\g<0>]", str(path)))


def row_count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    """Rows of an SQL relation."""
    return int((connection.execute(f"select count(*) from {relation}").fetchone() or (0,))[0])


def load_rows(
    connection: duckdb.DuckDBPyConnection,
    rows: Iterable[tuple[int, Sequence[str | None]]],
    indices: Sequence[int],
) -> int:
    """Fill the relation `delivered` (line_number, c<index> ...) and return how many rows.

    `rows` are line numbers with all fields of the line; only `indices` are kept. Rows pass in
    batches, so that a file is never held as Python objects.
    """
    import pyarrow as pa

    names = ["line_number", *(f"c{index}" for index in indices)]
    types = [pa.int64(), *(pa.string() for _ in indices)]
    schema = pa.schema(list(zip(names, types, strict=True)))
    count = 0

    def batches() -> Iterator[Any]:
        nonlocal count
        remaining = iter(rows)
        while batch := list(islice(remaining, BATCH)):
            count += len(batch)
            numbers = pa.array([number for number, _ in batch], pa.int64())
            fields = [
                pa.array([fields[index] for _, fields in batch], pa.string()) for index in indices
            ]
            yield pa.record_batch([numbers, *fields], schema=schema)

    columns = ", ".join(f"c{index} varchar" for index in indices)
    connection.execute(
        f"create or replace temp table delivered (line_number bigint{', ' if indices else ''}"
        f"{columns})"
    )
    for batch in batches():
        connection.register("batch", pa.Table.from_batches([batch]))
        connection.execute("insert into delivered select * from batch")
        connection.unregister("batch")
    return count
