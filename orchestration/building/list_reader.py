"""A list of a centre, read like a delivery: by landing's reader, under a contract."""

from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.building.list_values import zones
from orchestration.errors import TelltaleError, explained
from orchestration.landing.casting.candidates import Candidates, connect
from orchestration.landing.contract import Contract
from orchestration.landing.faults import FileFaultError
from orchestration.landing.header.header import match_header
from orchestration.landing.readers.kinds import DeliveredFile
from orchestration.landing.readers.reader import open_file
from orchestration.landing.relations import existing, quoted
from orchestration.spelling import nearest


def read_list(path: Path, contract: Contract, copy: Path) -> None:
    """Write the list as csv with commas, one kind of line end, and values as any engine reads them.

    Raises TelltaleError for a file that cannot be read, columns that are not the contract's, a
    value of another type, an unknown zone, and a key that is empty or stands twice.
    """
    with closing(connect(b"")) as connection:
        try:
            reader = open_file(DeliveredFile.seen(path, path.parent), contract)
            match = match_header(reader.header, contract)
            lacking = [field.column.name for field in match.fields if not field.is_there]
            if lacking or match.ignored:
                raise _other_columns(path, contract, lacking, match.ignored)
            loaded = reader.load(connection, list(match.indices))
        except FileFaultError as fault:
            raise TelltaleError(f"{path}: {fault.message}") from None
        for line in loaded.malformed:
            place, to_do = f"{path}, line {line.line_number}", "a text that holds the mark "
            to_do += "between fields stands in quotes"
            raise _wrong(place, line.expected_text, line.found_text, to_do)
        rows = Candidates(connection, contract, match, loaded, datetime.max)
        typed = copy.with_suffix(".parquet")
        rows.write(typed, "", None)
        query = (
            f"select line_number, column_name, expected_text, found_text from ({rows.rejected()})"
        )
        for line, column, expected, found in connection.execute(f"{query} order by 1").fetchall():
            raise _wrong(f"{path}, line {line}, {column}", expected, _shown(found))
        relation = f"read_parquet({existing(typed)})"
        _check_keys(path, connection, relation, contract)
        _check_zones(path, connection, relation, contract)
        names = ", ".join(column.name for column in contract.columns)
        connection.execute(
            f"copy (select {names} from {relation} order by line_number) "
            f"to {quoted(str(copy))} (format csv, header true)"
        )
        typed.unlink()


def _check_keys(
    path: Path, connection: duckdb.DuckDBPyConnection, relation: str, contract: Contract
) -> None:
    for key in contract.key:
        query = (
            f"select line_number, {key}, first_line from (select *, min(line_number) over "
            f"(partition by {key}) as first_line from {relation}) where line_number > first_line"
        )
        for line, text, first in connection.execute(f"{query} order by 1").fetchall():
            expected = "a value that no other line has: it names the row"
            found = f'"{text}", as on line {first}'
            raise _wrong(f"{path}, line {line}, {key}", expected, found)


def _check_zones(
    path: Path, connection: duckdb.DuckDBPyConnection, relation: str, contract: Contract
) -> None:
    if "zone_name" not in [column.name for column in contract.columns]:
        return
    query = f"select line_number, zone_name from {relation} where zone_name is not null order by 1"
    for line, text in connection.execute(query).fetchall():
        if text.strip() and text.strip() not in zones():
            expected = 'an IANA zone such as "Europe/Paris"'
            found = f'"{text}"{nearest(text, zones())}'
            raise _wrong(f"{path}, line {line}, zone_name", expected, found)


def _other_columns(
    path: Path, contract: Contract, lacking: Iterable[str], unknown: Iterable[str]
) -> TelltaleError:
    faults = {"missing": list(lacking), "unknown": list(unknown)}
    said = [f"{word}: {', '.join(names)}" for word, names in faults.items() if names]
    return TelltaleError(
        explained(
            f"{path}: the columns are not those of this list",
            expected=", ".join(column.name for column in contract.columns),
            found="; ".join(said),
            to_do="correct the header (the order is free)",
        )
    )


def _wrong(place: str, expected: str, found: str, to_do: str = "correct the line") -> TelltaleError:
    what = f"{place}: it cannot be read"
    return TelltaleError(explained(what, expected=expected, found=found, to_do=to_do))


def _shown(text: str | None) -> str:
    return "nothing" if text is None else f'"{text}"'
