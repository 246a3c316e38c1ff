"""One file: opened, matched to its contract, cast, and set aside for its table's suite."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

import duckdb

from orchestration.landing.candidates import Candidates, connect, repeats
from orchestration.landing.columnar import ParquetReader
from orchestration.landing.contract import Contract
from orchestration.landing.delimited import DelimitedReader
from orchestration.landing.documents import DocumentReader
from orchestration.landing.faults import FileFaultError, Loaded
from orchestration.landing.header import Match, match_header
from orchestration.landing.kinds import DeliveredFile, truncated
from orchestration.landing.relations import quoted
from orchestration.landing.workbook import WorkbookReader

QUARANTINE_COLUMNS = (
    "source_code",
    "table_code",
    "delivery_id",
    "file_name",
    "line_number",
    "reason_code",
    "column_name",
    "expected_text",
    "found_text",
    "row_text",
)


class Reader(Protocol):
    """What every kind of file offers: names first, then rows into `delivered`."""

    header: list[str]

    def load(self, connection: duckdb.DuckDBPyConnection, indices: list[int]) -> Loaded: ...


@dataclass
class Prepared:
    """A file on its way: typed candidates and rejected rows in scratch, or why it is refused.

    `rejected` and `candidates` are Parquet files, None where there are no such rows.
    """

    contract: Contract
    file: DeliveredFile
    delivery_id: str
    fingerprint: str
    fault: FileFaultError | None = None
    loaded: Loaded = field(default_factory=lambda: Loaded(0, 0))
    ignored: tuple[str, ...] = ()
    warnings: list[str] = field(default_factory=list)
    candidates: Path | None = None
    rejected: Path | None = None
    rejected_count: int = 0
    repeated: list[int] = field(default_factory=list)
    candidate_count: int = 0

    @property
    def delivered_date(self) -> date | None:
        """The date that the contract reads from the file's own name."""
        if not self.contract.file_date:
            return None
        found = re.search(self.contract.file_date, self.file.path.name)
        try:
            return date.fromisoformat(found.group(1).replace("-", "")) if found else None
        except ValueError:
            return None


def open_file(file: DeliveredFile, contract: Contract, is_fast: bool = True) -> Reader:
    """The reader for what the file is. Raises FileFaultError where it is not what it says."""
    kind = file.kind()
    if kind == "workbook":
        return WorkbookReader(file, contract)
    if kind == "parquet":
        return ParquetReader(file, contract)
    if kind in ("json", "lines"):
        return DocumentReader(file, contract, is_array=kind == "json")
    return DelimitedReader(file, contract, is_fast)


def prepare(prepared: Prepared, scratch: Path, key: bytes, is_fast: bool = True) -> None:
    """Fill `prepared` from its file.

    A fault of the whole file is kept in it, not raised. Raises UnstableError if the file changed
    while it was read.
    """
    file, contract = prepared.file, prepared.contract
    prepared.warnings = []
    try:
        reader = open_file(file, contract, is_fast)
        match = match_header(reader.header, contract)
        prepared.ignored = match.ignored
        connection = connect(key)
        try:
            prepared.loaded = reader.load(connection, list(match.indices))
            if prepared.loaded.read_count == 0:
                raise FileFaultError(
                    "E_EMPTY",
                    "the file holds a header and no rows; expected at least one row; deliver it "
                    "again, or set may_be_empty where days without rows are normal",
                )
            _cast(prepared, match, connection, scratch)
        except duckdb.Error:
            if isinstance(reader, ParquetReader):
                raise truncated("the Parquet file has pages that cannot be read") from None
            if not (is_fast and isinstance(reader, DelimitedReader)):
                raise
            prepare(prepared, scratch, key, is_fast=False)  # it says which line is wrong
        finally:
            connection.close()
    except FileFaultError as fault:
        prepared.fault = fault
    except (UnicodeEncodeError, RecursionError) as error:
        prepared.fault = FileFaultError(
            "E_ENCODING",
            f"a text of the file cannot be stored ({type(error).__name__}); expected Unicode "
            "characters and shallow objects; correct it where it is made",
        )
    file.check_unchanged()


def _cast(
    prepared: Prepared, match: Match, connection: duckdb.DuckDBPyConnection, scratch: Path
) -> None:
    loaded, name = prepared.loaded, prepared.delivery_id
    prepared.warnings += loaded.warnings
    rows = Candidates(connection, prepared.contract, match, loaded)
    candidates = scratch / "candidates" / f"{name}.parquet"
    count = rows.write(candidates, name, prepared.delivered_date)
    if count:
        prepared.candidates, prepared.candidate_count = candidates, count
        query = repeats(connection, candidates, prepared.contract)
        if query:
            prepared.repeated = [row[0] for row in connection.execute(query).fetchall()]
    twice = rows.twice_count()
    if twice:
        prepared.warnings.append(
            f"{twice} local times exist twice and were taken as the first; deliver offsets or UTC"
        )
    prepared.rejected_count = loaded.read_count - count
    if prepared.rejected_count:
        prepared.rejected = scratch / "rejected" / f"{name}.parquet"
        _write_rejected(prepared, rows.rejected(), connection)


def _write_rejected(prepared: Prepared, query: str, connection: duckdb.DuckDBPyConnection) -> None:
    assert prepared.rejected is not None
    prepared.rejected.parent.mkdir(parents=True, exist_ok=True)
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
        for line in prepared.loaded.malformed
    ]
    if places:
        connection.executemany("insert into malformed values (?, ?, ?, ?, ?, ?)", places)
    connection.execute(
        f"copy (select {labels(prepared)}, * from (select * from malformed union all {query}) "
        f"order by line_number, column_name) to {quoted(str(prepared.rejected))} "
        "(format parquet, compression zstd)"
    )


def labels(prepared: Prepared) -> str:
    """SQL of the first four quarantine columns."""
    contract = prepared.contract
    return (
        f"{quoted(contract.source)} as source_code, {quoted(contract.table)} as table_code, "
        f"{quoted(prepared.delivery_id)} as delivery_id, "
        f"{quoted(prepared.file.file_name)} as file_name"
    )
