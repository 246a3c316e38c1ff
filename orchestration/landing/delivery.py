"""One file: opened, matched to its contract, cast, and set aside for its table's suite."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from orchestration.landing.casting.ahead import AHEAD
from orchestration.landing.casting.candidates import Candidates, connect
from orchestration.landing.casting.row_hash import repeats
from orchestration.landing.contract import Contract
from orchestration.landing.faults import FileFaultError, Loaded, empty_fault
from orchestration.landing.header.header import Match, match_header
from orchestration.landing.quarantine import Origin, write_uncast
from orchestration.landing.readers.columnar import ParquetReader
from orchestration.landing.readers.delimited import DelimitedReader
from orchestration.landing.readers.kinds import DeliveredFile, truncated
from orchestration.landing.readers.reader import open_file

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Of a date in a file's name."""


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
    delivered: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    warnings: list[str] = field(default_factory=list)
    candidates: Path | None = None
    rejected: Path | None = None
    rejected_count: int = 0
    repeated: list[int] = field(default_factory=list)
    candidate_count: int = 0

    @property
    def origin(self) -> Origin:
        """Where its rows come from, as quarantine says it."""
        return Origin(
            self.contract.source, self.contract.table, self.delivery_id, self.file.file_name
        )

    @property
    def delivered_date(self) -> date | None:
        """The date that the contract reads from the file's own name."""
        pattern = self.contract.file_date
        return last_date(pattern, self.file.path.name) if pattern else None

    @property
    def latest(self) -> datetime:
        """The instant (UTC, without a zone) after which nothing can have happened yet.

        400 days after the file was written or landed, whichever is later: a mistyped year is
        caught, while copies with wrong times and histories made ahead of the clock still come in.
        """
        written = max(self.file.modified_ns / 1e9, datetime.now(UTC).timestamp())
        latest = min(
            written + AHEAD.total_seconds(), datetime(9999, 12, 31, tzinfo=UTC).timestamp()
        )
        return datetime.fromtimestamp(latest, UTC).replace(tzinfo=None, microsecond=0)


def prepare(prepared: Prepared, scratch: Path, key: bytes, is_fast: bool = True) -> None:
    """Fill `prepared` from its file.

    A fault of the whole file is kept in it, not raised. Raises UnstableError if the file changed
    while it was read.
    """
    file, contract = prepared.file, prepared.contract
    prepared.warnings = []
    try:
        reader = open_file(file, contract, is_fast)
        match = match_header(reader.header, contract.on(prepared.delivered_date))
        prepared.ignored = match.ignored
        prepared.delivered, prepared.constants = match.delivered, match.constants
        prepared.settings = match.settings
        connection = connect(key)
        try:
            prepared.loaded = reader.load(connection, list(match.indices))
            if prepared.loaded.read_count == 0:
                raise empty_fault("a header alone")
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
            f"a text of the file cannot be stored ({type(error).__name__})",
            expected="Unicode characters and shallow objects",
            to_do="correct it where it is made",
        )
    file.check_unchanged()


def _cast(
    prepared: Prepared, match: Match, connection: duckdb.DuckDBPyConnection, scratch: Path
) -> None:
    loaded, name = prepared.loaded, prepared.delivery_id
    prepared.warnings += loaded.warnings
    rows = Candidates(connection, prepared.contract, match, loaded, prepared.latest)
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
        write_uncast(
            connection, prepared.rejected, prepared.origin, loaded.malformed, rows.rejected()
        )


def last_date(pattern: str, name: str) -> date | None:
    """The last date that the first group of `pattern` reads from `name`, or None.

    A match beside a further digit is a piece of a longer number, such as that of a call. Matches
    may overlap: the digits before a date can look like the beginning of one.
    """
    expression, start, found = re.compile(pattern), 0, None
    while match := expression.search(name, start):
        start = match.start() + 1
        beside = name[max(match.start() - 1, 0) : match.start()] + name[match.end() :][:1]
        if not any(letter.isdigit() for letter in beside):
            found = _date(match.group(1)) or found
    return found


def _date(text: str | None) -> date | None:
    try:
        found = date.fromisoformat((text or "").replace("-", ""))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
