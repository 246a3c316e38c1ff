"""Rejected rows: written with their reasons, and a few of them read back for a person.

A file of quarantine holds source_code, table_code, delivery_id, file_name, line_number,
reason_code, column_name, expected_text, found_text and row_text; a row with two faults stands
in it twice.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from expectations.verdict import Finding
from orchestration.landing.contract import Contract
from orchestration.landing.faults import Malformed
from orchestration.landing.relations import existing, quoted

EXAMPLES = 3
LETTERS_SHOWN = 40


@dataclass(frozen=True)
class Origin:
    """Where rejected rows come from."""

    source: str
    table: str
    delivery_id: str
    file_name: str

    @property
    def labels(self) -> str:
        """SQL of the first four columns."""
        return (
            f"{quoted(self.source)} as source_code, {quoted(self.table)} as table_code, "
            f"{quoted(self.delivery_id)} as delivery_id, {quoted(self.file_name)} as file_name"
        )


def write_uncast(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    origin: Origin,
    malformed: Sequence[Malformed],
    query: str,
) -> None:
    """Write lines that are no rows, of which only the place is kept, and the rows of `query`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(
        "create or replace temp table malformed (line_number bigint, reason_code varchar, "
        "column_name varchar, expected_text varchar, found_text varchar, row_text varchar)"
    )
    places = [
        (
            line.line_number,
            line.reason_code,
            None,
            line.expected_text,
            line.found_text,
            f'{{"byte_offset":{line.byte_offset},"byte_count":{line.byte_count}}}',
        )
        for line in malformed
    ]
    if places:
        connection.executemany("insert into malformed values (?, ?, ?, ?, ?, ?)", places)
    connection.execute(
        f"copy (select {origin.labels}, * from (select * from malformed union all {query}) "
        f"order by line_number, column_name) to {quoted(str(path))} "
        "(format parquet, compression zstd)"
    )


def failed_query(origin: Origin, contract: Contract, candidates: Path, finding: Finding) -> str:
    """SQL of the candidates of one delivery that a rule of the suite keeps out.

    The connection holds a table `repeated` of line numbers that count as duplicates.
    """
    people = {column.name for column in contract.columns if column.pseudonymise}
    names = [column.name for column in contract.columns]
    text = ", ".join(f"{name} := {name}" for name in names)
    found = "cast(null as varchar)"
    if finding.column in names and finding.column not in people:
        found = f"left(cast({finding.column} as varchar), 200)"
    return (
        f"select {origin.labels}, line_number, {quoted(finding.reason_code)} as reason_code, "
        f"{quoted(finding.column or '')} as column_name, "
        f"{quoted(finding.expected_text)} as expected_text, {found} as found_text, "
        f"cast(to_json(struct_pack({text})) as varchar) as row_text "
        f"from read_parquet({existing(candidates)}) "
        f"where line_number in (select line_number from {finding.failed_rows} "
        f"where delivery_id = {quoted(origin.delivery_id)}) "
        "and line_number not in (select line_number from repeated)"
    )


def write_all(connection: duckdb.DuckDBPyConnection, path: Path, queries: Sequence[str]) -> None:
    """Write the rejected rows of one delivery, in the order of their lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(
        f"copy (select * from ({' union all '.join(queries)}) "
        "order by line_number, column_name, reason_code) "
        f"to {quoted(str(path))} (format parquet, compression zstd)"
    )


def examples(path: Path, hidden: Collection[str]) -> tuple[str, ...]:
    """Up to `EXAMPLES` rejected rows, one line of text each; different faults come first.

    What stands in the columns `hidden` (of persons, or free texts) is never shown.
    """
    found = duckdb.execute(
        f"""
        select line_number, reason_code, column_name, expected_text, found_text
        from (
            select *, row_number() over (
                partition by line_number order by column_name, reason_code
            ) as fault_number
            from read_parquet({existing(path)})
        )
        where fault_number = 1
        order by
            row_number() over (partition by reason_code, column_name order by line_number),
            line_number
        limit {EXAMPLES}
        """
    ).fetchall()
    return tuple(_example(row, hidden) for row in sorted(found))


def _example(row: tuple[int, str, str | None, str, str | None], hidden: Collection[str]) -> str:
    line, reason, column, expected, found = row
    place = f"line {line}, {column}" if column else f"line {line}"
    if column in hidden and reason != "E_REQUIRED":
        return f"{place}: expected {expected}; found something else, which is not shown"
    return f"{place}: expected {expected}; found {_shown(found, bool(column))}"


def _shown(found: str | None, is_value: bool) -> str:
    if found is None:
        return "nothing"
    cut = found[:LETTERS_SHOWN] + ("..." if len(found) > LETTERS_SHOWN else "")
    plain = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in cut)
    return f'"{plain}"' if is_value else plain
