"""Every mart of one engine beside the same mart of the other, row by row."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

TOLERANCE = 1e-9


@dataclass(frozen=True)
class Comparison:
    """One mart: rows on each engine, and what differs between them."""

    name: str
    rows: int
    other_rows: int
    differences: int
    first: str = ""


def compared_marts(folder: Path, other: Path) -> list[Comparison]:
    """Compare `<mart>.parquet` of two folders, by name; a mart of one folder only differs whole."""
    names = sorted({path.stem for place in (folder, other) for path in place.glob("*.parquet")})
    with duckdb.connect() as connection:
        return [
            compared(connection, name, folder / f"{name}.parquet", other / f"{name}.parquet")
            for name in names
        ]


def compared(
    connection: duckdb.DuckDBPyConnection, name: str, file: Path, other: Path
) -> Comparison:
    """Columns, types and rows of one mart in two files.

    Rows are paired in the order of their exact columns, among which is every mart's key. Doubles
    may differ by 1e-9, in proportion where they are greater than one; all else is equal.
    """
    rows, others = (
        int(connection.sql(f"select count(*) from '{path}'").fetchall()[0][0])
        if path.exists()
        else -1
        for path in (file, other)
    )
    if -1 in (rows, others):
        return Comparison(name, rows, others, max(rows, others), "absent on one engine")
    shapes = [
        [
            (column, kind)
            for column, kind, *_ in connection.sql(f"describe from '{path}'").fetchall()
        ]
        for path in (file, other)
    ]
    if shapes[0] != shapes[1]:
        return Comparison(
            name, rows, others, max(rows, others), f"columns {shapes[0]} and {shapes[1]}"
        )
    exact = [column for column, kind in shapes[0] if kind != "DOUBLE"]
    unequal = [f"a.{column} is distinct from b.{column}" for column in exact] + [
        f"(a.{column} is null) != (b.{column} is null) or abs(a.{column} - b.{column}) "
        f"> {TOLERANCE} * greatest(1, abs(a.{column}), abs(b.{column}))"
        for column, kind in shapes[0]
        if kind == "DOUBLE"
    ]
    numbered = f"select *, row_number() over (order by {', '.join(exact)}) as place from"
    found = connection.sql(
        f"select a, b from ({numbered} '{file}') as a full join ({numbered} '{other}') as b "
        f"on a.place = b.place where a.place is null or b.place is null or {' or '.join(unequal)}"
    ).fetchall()
    return Comparison(name, rows, others, len(found), str(found[0]) if found else "")


def printed(title: str, comparisons: list[Comparison]) -> str:
    """The table: mart, rows, differences."""
    lines = [title, f"{'mart':<28}{'rows':>10}{'differences':>14}"]
    lines += [f"{one.name:<28}{one.rows:>10,}{one.differences:>14,}" for one in comparisons]
    total = sum(one.differences for one in comparisons)
    lines.append(f"{'all':<28}{sum(one.rows for one in comparisons):>10,}{total:>14,}")
    return "\n".join(lines)
