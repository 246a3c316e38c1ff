"""From delivered texts to typed candidates: one SQL statement over a whole file."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path

import duckdb

from orchestration.landing.casting.ahead import AHEAD
from orchestration.landing.casting.casts import duckdb_type
from orchestration.landing.casting.places import Place, placed
from orchestration.landing.casting.pseudonyms import define_pseudonym
from orchestration.landing.casting.row_hash import row_hash
from orchestration.landing.casting.texts import TEXT_LIMIT, expected_text
from orchestration.landing.contract import Contract
from orchestration.landing.faults import Loaded
from orchestration.landing.header.header import Match
from orchestration.landing.relations import existing, quoted, row_count


def connect(key: bytes) -> duckdb.DuckDBPyConnection:
    """A connection of its own to a DuckDB in memory with `pseudonym(text)`.

    What it makes is temporary and ends with it; it never writes a text to disk itself.
    """
    connection = _database().cursor()
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set python_enable_replacements = false")
    define_pseudonym(connection, key)
    return connection


@cache
def _database() -> duckdb.DuckDBPyConnection:
    # Opening a database takes a fifth of the time of a small file: all files of a run share one.
    database = duckdb.connect(":memory:")
    database.execute("set temp_directory = ''")
    return database


class Candidates:
    """The typed rows of the relation `delivered` under one contract and one header match.

    What has happened happened up to `latest` (UTC).
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        contract: Contract,
        match: Match,
        loaded: Loaded,
        latest: datetime,
    ) -> None:
        self.connection, self.contract = connection, contract
        self.places = [
            placed(position, field, contract, loaded.native_types or {}, latest)
            for position, field in enumerate(match.fields)
        ]

    def write(self, path: Path, delivery_id: str, delivered: date | None) -> int:
        """Write all rows without a fault to Parquet, in the order of their lines; their count.

        The columns are those of a raw file: the contract's, delivery_id, line_number,
        delivered_date and row_hash.
        """
        outputs = [f"{self._stored(place)} as {place.column.name}" for place in self.places]
        day = f"date '{delivered.isoformat()}'" if delivered else "cast(null as date)"
        names = [place.column.name for place in self.places]
        path.parent.mkdir(parents=True, exist_ok=True)
        self.connection.execute(
            f"copy (select {', '.join(names)}, {quoted(delivery_id)} as delivery_id, "
            f"line_number, {day} as delivered_date, {row_hash(self.contract.columns)} as row_hash "
            f"from (select line_number, {', '.join(outputs)} from ({self._layers()}) "
            f"where not is_faulty)) "
            f"to {quoted(str(path))} (format parquet, compression zstd)"
        )
        return row_count(self.connection, f"read_parquet({existing(path)})")

    def rejected(self) -> str:
        """SQL of one row per faulty row and reason: line_number, reason_code, column_name,
        expected_text, found_text, row_text; identifiers of persons only as pseudonyms."""
        return (
            "select line_number, fault.reason_code, fault.column_name, fault.expected_text, "
            "fault.found_text, row_text from (select line_number, "
            f"unnest({_faults(self.places, self.contract)}) as fault, "
            f"{_row_text(self.places)} as row_text "
            f"from ({self._layers()}) where is_faulty)"
        )

    def twice_count(self) -> int:
        """Local times that the clock showed twice, so that the first was taken."""
        terms = [f"cast({place.cast.twice} as bigint)" for place in self.places if place.cast.twice]
        if not terms:
            return 0
        query = f"select coalesce(sum({' + '.join(terms)}), 0) from ({self._layers()})"
        return int((self.connection.execute(query).fetchone() or (0,))[0])

    def _layers(self) -> str:
        """line_number, t<i> (the filled text), v<i> (the value) and is_faulty of all rows.

        A filter on is_faulty would be pushed down and cast each text up to five times; a term
        that is volatile (and never true) keeps it where it is.
        """
        texts = ", ".join(f"{place.text} as t{place.position}" for place in self.places)
        locals_ = "".join(
            f", {place.cast.local} as l{place.position}, {place.cast.shifted} as s{place.position}"
            for place in self.places
            if place.cast.local
        )
        values = ", ".join(f"{place.cast.value} as v{place.position}" for place in self.places)
        return (
            f"select *, ({_is_faulty(self.places)}) or random() < 0 as is_faulty from "
            f"(select *, {values} from (select *{locals_} from "
            f"(select line_number, {texts} from delivered)))"
        )

    def _stored(self, place: Place) -> str:
        value = f"v{place.position}"
        if place.column.pseudonymise:
            return f"pseudonym({value})"
        return f"cast({value} as {duckdb_type(place.column.data_type)})"


def _is_faulty(places: Sequence[Place]) -> str:
    """SQL condition of a row with at least one fault."""
    conditions = [
        f"coalesce({condition}, false)" if "strlen" in condition else condition
        for place in places
        for _, condition in place.faults
    ]
    return " or ".join(f"({condition})" for condition in conditions) or "false"


def _faults(places: Sequence[Place], contract: Contract) -> str:
    """SQL list of a row's faults: reason_code, column_name, expected_text, found_text."""
    listed = ", ".join(
        f"case when {condition} then {{'reason_code': {quoted(code)}, "
        f"'column_name': {quoted(place.column.name)}, "
        f"'expected_text': {quoted(_expected(code, place, contract))}, "
        f"'found_text': {_found(code, place)}}} end"
        for place in places
        for code, condition in place.faults
    )
    return f"list_filter([{listed}], lambda fault: fault is not null)"


def _row_text(places: Sequence[Place]) -> str:
    """SQL of the delivered texts of the contract's columns as one JSON object."""

    def pairs() -> Iterator[str]:
        for place in places:
            if place.field.indices:
                text = f"cast(t{place.position} as varchar)"
                hidden = f"pseudonym({text})" if place.column.pseudonymise else text
                yield f"{place.column.name} := left({hidden}, {TEXT_LIMIT // 16})"

    packed = ", ".join(pairs())
    return f"cast(to_json(struct_pack({packed})) as varchar)" if packed else "'{}'"


def _expected(code: str, place: Place, contract: Contract) -> str:
    if code == "E_REQUIRED":
        return f"a value in {place.column.name}, which is required"
    if code == "E_TEXT_SIZE":
        return f"at most {TEXT_LIMIT} bytes"
    if code == "E_TIME_GAP":
        return f"a local time that exists in {contract.zone}; give the offset or UTC"
    if code == "E_TIME_FUTURE":
        return f"a time at most {AHEAD.days} days after the delivery"
    return expected_text(place.column, contract)


def _found(code: str, place: Place) -> str:
    text = f"t{place.position}"
    if code == "E_REQUIRED":
        return "cast(null as varchar)"
    if code == "E_TEXT_SIZE":
        return f"strlen({text}) || ' bytes'"
    if place.column.pseudonymise:
        return "cast(null as varchar)"
    return f"left(cast({text} as varchar), 200)"
