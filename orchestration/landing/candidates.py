"""From delivered texts to typed candidates: one SQL statement over a whole file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast as typed_as

import duckdb

from orchestration.landing.casts import (
    TEXT_LIMIT,
    Cast,
    cast,
    duckdb_type,
    expected_text,
    filled,
    zoned,
)
from orchestration.landing.contract import Column, Contract
from orchestration.landing.faults import Loaded
from orchestration.landing.header import Field, Match
from orchestration.landing.pseudonyms import define_pseudonym
from orchestration.landing.relations import existing, quoted

_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
_INSTANTS = ("TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP_S")


def connect(key: bytes) -> duckdb.DuckDBPyConnection:
    """A private DuckDB in memory with `pseudonym(text)`; it never writes a text to disk itself."""
    connection = duckdb.connect(":memory:")
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set temp_directory = ''")
    connection.execute("set python_enable_replacements = false")
    define_pseudonym(connection, key)
    return connection


@dataclass(frozen=True)
class Place:
    """One column in one file: its delivered text and its cast."""

    position: int
    field: Field
    cast: Cast
    text: str
    is_native: bool = False

    @property
    def column(self) -> Column:
        return self.field.column

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Pairs of reason code and SQL condition, over the aliases t<i> and v<i>."""
        given, value = f"t{self.position}", f"v{self.position}"
        faults: list[tuple[str, str]] = []
        if self.column.required:
            faults.append(("E_REQUIRED", f"{given} is null"))
        if self.column.data_type == "string":
            faults.append(("E_TEXT_SIZE", f"strlen({given}) > {TEXT_LIMIT}"))
        elif self.field.indices or self.field.constant is not None:
            if self.cast.gap:
                faults.append(("E_TIME_GAP", f"({value} is null and {self.cast.gap})"))
            unknown = f"{given} is not null and {value} is null"
            faults.append(
                ("E_TYPE", f"({unknown} and not {self.cast.gap})" if self.cast.gap else unknown)
            )
        return faults


class Candidates:
    """The typed rows of the relation `delivered` under one contract and one header match."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        contract: Contract,
        match: Match,
        loaded: Loaded,
    ) -> None:
        self.connection, self.contract = connection, contract
        self.places = [
            self._place(position, field, loaded.native_types or {})
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
            f"line_number, {day} as delivered_date, {self._row_hash()} as row_hash "
            f"from (select line_number, {', '.join(outputs)} from ({self._layers()}) "
            f"where not is_faulty)) "
            f"to {quoted(str(path))} (format parquet, compression zstd)"
        )
        return _count(self.connection, f"read_parquet({existing(path)})")

    def rejected(self) -> str:
        """SQL of one row per faulty row and reason: line_number, reason_code, column_name,
        expected_text, found_text, row_text; identifiers of persons only as pseudonyms."""
        faults = ", ".join(
            f"case when {condition} then {{'reason_code': {quoted(code)}, "
            f"'column_name': {quoted(place.column.name)}, "
            f"'expected_text': {quoted(self._expected(code, place))}, "
            f"'found_text': {self._found(code, place)}}} end"
            for place in self.places
            for code, condition in place.faults
        )
        return (
            "select line_number, fault.reason_code, fault.column_name, fault.expected_text, "
            "fault.found_text, row_text from (select line_number, unnest(list_filter("
            f"[{faults}], lambda fault: fault is not null)) as fault, {self._row_text()} "
            f"as row_text from ({self._layers()}) where is_faulty)"
        )

    def twice_count(self) -> int:
        """Local times that the clock showed twice, so that the first was taken."""
        terms = [f"cast({place.cast.twice} as bigint)" for place in self.places if place.cast.twice]
        if not terms:
            return 0
        query = f"select coalesce(sum({' + '.join(terms)}), 0) from ({self._layers()})"
        return int((self.connection.execute(query).fetchone() or (0,))[0])

    def _place(self, position: int, field: Field, native: dict[int, str]) -> Place:
        column, contract = field.column, self.contract
        if field.constant is not None:
            text = filled(quoted(field.constant), column, contract)
        elif not field.indices:
            text = "cast(null as varchar)"
        elif len(field.indices) == 1 and field.indices[0] in native:
            return self._native_place(position, field, native[field.indices[0]])
        else:
            pieces = [
                filled(_plain_text(index, native), column, contract) for index in field.indices
            ]
            if len(pieces) == 2:
                day = f"regexp_replace({pieces[0]}, '[T ]00:00(:00)?$', '')"
                pieces = [day, pieces[1]]
            text = pieces[0]
            if len(pieces) == 2:  # one without the other is a fault, both missing is null
                both = " || ' ' || ".join(f"coalesce({piece}, '')" for piece in pieces)
                text = f"nullif(trim({both}), '')"
        return Place(position, field, cast(f"t{position}", position, column, contract), text)

    def _native_place(self, position: int, field: Field, kind: str) -> Place:
        """A typed column of Parquet: passed through where its type is the contract's."""
        column, raw, given = field.column, f"c{field.indices[0]}", f"t{position}"
        wanted = column.data_type
        if wanted == "timestamp" and kind == "TIMESTAMP WITH TIME ZONE":
            return Place(position, field, Cast(given), f"timezone('UTC', {raw})", True)
        if wanted == "timestamp" and kind in _INSTANTS:
            local = zoned(given, "cast(null as timestamp)", position, self.contract.zone or "UTC")
            return Place(position, field, local, f"cast({raw} as timestamp)", True)
        if wanted in ("bigint", "integer") and kind in _WHOLE:
            return Place(position, field, Cast(f"try_cast({given} as {wanted})"), raw, True)
        if wanted == "double" and kind in ("FLOAT", "DOUBLE"):
            finite = f"case when isfinite({given}) then {given} end"
            return Place(position, field, Cast(finite), f"cast({raw} as double)", True)
        same = kind.lower().replace(" ", "") == wanted
        if same and wanted in ("boolean", "date", "decimal(18,2)", "decimal(38,12)"):
            return Place(position, field, Cast(given), raw, True)
        text = filled(
            _plain_text(field.indices[0], {field.indices[0]: kind}), column, self.contract
        )
        return Place(position, field, cast(given, position, column, self.contract), text)

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
            f"select *, ({self._is_faulty()}) or random() < 0 as is_faulty from "
            f"(select *, {values} from (select *{locals_} from "
            f"(select line_number, {texts} from delivered)))"
        )

    def _is_faulty(self) -> str:
        conditions = [
            f"coalesce({condition}, false)" if "strlen" in condition else condition
            for place in self.places
            for _, condition in place.faults
        ]
        return " or ".join(f"({condition})" for condition in conditions) or "false"

    def _stored(self, place: Place) -> str:
        value = f"v{place.position}"
        if place.column.pseudonymise:
            return f"pseudonym({value})"
        return f"cast({value} as {duckdb_type(place.column.data_type)})"

    def _row_hash(self) -> str:
        """60 bits of md5 over canonical texts, each ended by a colon; strings say their length
        first (-1 for null), so that no two rows share a text. Any engine can compute the same."""
        pieces = ", ".join(_canonical(place.column) for place in self.places)
        return f"cast('0x' || left(md5(concat({pieces})), 15) as bigint)"

    def _row_text(self) -> str:
        """The delivered texts of the contract's columns as one JSON object."""

        def pairs() -> Iterator[str]:
            for place in self.places:
                if place.field.indices:
                    text = f"cast(t{place.position} as varchar)"
                    hidden = f"pseudonym({text})" if place.column.pseudonymise else text
                    yield f"{place.column.name} := left({hidden}, {TEXT_LIMIT // 16})"

        packed = ", ".join(pairs())
        return f"cast(to_json(struct_pack({packed})) as varchar)" if packed else "'{}'"

    def _expected(self, code: str, place: Place) -> str:
        if code == "E_REQUIRED":
            return f"a value in {place.column.name}, which is required"
        if code == "E_TEXT_SIZE":
            return f"at most {TEXT_LIMIT} bytes"
        if code == "E_TIME_GAP":
            return f"a local time that exists in {self.contract.zone}; give the offset or UTC"
        return expected_text(place.column, self.contract)

    def _found(self, code: str, place: Place) -> str:
        text = f"t{place.position}"
        if code == "E_REQUIRED":
            return "cast(null as varchar)"
        if code == "E_TEXT_SIZE":
            return f"strlen({text}) || ' bytes'"
        if place.column.pseudonymise:
            return "cast(null as varchar)"
        return f"left(cast({text} as varchar), 200)"


def repeats(connection: duckdb.DuckDBPyConnection, path: Path, contract: Contract) -> str:
    """SQL of the line numbers of rows that repeat an earlier row of the file exactly."""
    names = ", ".join(column.name for column in contract.columns)
    file = f"read_parquet({existing(path)})"
    seen_twice = f"select row_hash from {file} group by row_hash having count(*) > 1"
    connection.execute(f"create or replace temp table seen_twice as {seen_twice}")
    if not _count(connection, "seen_twice"):
        return ""
    return (
        f"select line_number from (select line_number, row_number() over "
        f"(partition by {names} order by line_number) as place from {file} "
        f"where row_hash in (select row_hash from seen_twice)) where place > 1"
    )


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    row = typed_as(tuple[int], connection.execute(f"select count(*) from {relation}").fetchone())
    return row[0]


def _plain_text(index: int, native: dict[int, str]) -> str:
    """The text of a field; whole numbers that came as floats lose their `.0`."""
    kind, raw = native.get(index, "VARCHAR"), f"c{index}"
    if kind == "VARCHAR":
        return raw
    if kind in ("FLOAT", "DOUBLE"):
        return (
            f"case when {raw} = floor({raw}) and abs({raw}) < 1e15 "
            f"then cast(cast({raw} as bigint) as varchar) else cast({raw} as varchar) end"
        )
    return f"cast({raw} as varchar)"


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
