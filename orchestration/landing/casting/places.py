"""One column of a contract in one file: the SQL of its text, its value and its faults."""

from dataclasses import dataclass, replace
from datetime import datetime

from orchestration.landing.casting.ahead import is_past
from orchestration.landing.casting.casts import Cast, cast, zoned
from orchestration.landing.casting.clocks import clock_flag, joined, since_1900
from orchestration.landing.casting.texts import TEXT_LIMIT, filled, key_text
from orchestration.landing.contract import Contract
from orchestration.landing.header.claims import Field
from orchestration.landing.header.column import Column
from orchestration.landing.relations import quoted

_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
_INSTANTS = ("TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP_S")


@dataclass(frozen=True)
class Place:
    """One column in one file: its delivered text and its cast."""

    position: int
    field: Field
    cast: Cast
    text: str
    is_native: bool = False
    latest: datetime | None = None

    @property
    def column(self) -> Column:
        """The contract's column."""
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
            if self.latest:
                ahead = f"{value} > timestamp {quoted(str(self.latest))}"
                faults.append(("E_TIME_FUTURE", f"coalesce({ahead}, false)"))
        return faults


def placed(
    position: int, field: Field, contract: Contract, native: dict[int, str], latest: datetime
) -> Place:
    """The place of a field; `native` are DuckDB types by header index where columns came typed.

    `latest` bounds the columns whose values have happened when they are delivered.
    """
    place = _placed(position, field, contract, native)
    is_bound = is_past(contract.table, field.column.name)
    return replace(place, latest=latest) if is_bound else place


def _placed(position: int, field: Field, contract: Contract, native: dict[int, str]) -> Place:
    column = field.column
    if field.constant is not None:
        text = filled(quoted(field.constant), column, contract)
    elif field.parts:
        text = _made_text(field, contract, native)
    elif not field.indices:
        text = "cast(null as varchar)"
    elif len(field.indices) == 1 and field.indices[0] in native and not field.day:
        return _native_place(position, field, contract, native[field.indices[0]])
    else:
        pieces = [filled(_plain_text(index, native), column, contract) for index in field.indices]
        if field.day:  # a row without a clock has no instant
            pieces.insert(0, f"case when {pieces[0]} is not null then {quoted(field.day)} end")
        text = pieces[0] if len(pieces) == 1 else joined(*pieces)
        if field.is_day_shared:
            text = f"case when {pieces[1]} is not null then {text} end"
    return Place(position, field, cast(f"t{position}", position, column, contract), text)


def _made_text(field: Field, contract: Contract, native: dict[int, str]) -> str:
    """The text of a column that is made of others: a key, or whether an instant has a clock."""
    texts = [
        f"cast(({_placed(0, part, contract, native).text}) as varchar)" for part in field.parts
    ]
    return key_text(texts) if field.column.key_fields else clock_flag(texts[0], contract)


def _native_place(position: int, field: Field, contract: Contract, kind: str) -> Place:
    """A typed column of Parquet: passed through where its type is the contract's."""
    column, raw, given = field.column, f"c{field.indices[0]}", f"t{position}"
    wanted = column.data_type
    if wanted == "timestamp" and kind == "TIMESTAMP WITH TIME ZONE":
        return Place(position, field, Cast(since_1900(given)), f"timezone('UTC', {raw})", True)
    if wanted == "timestamp" and kind in _INSTANTS:
        local = zoned(
            since_1900(given), "cast(null as timestamp)", position, contract.zone or "UTC"
        )
        return Place(position, field, local, f"cast({raw} as timestamp)", True)
    if wanted in ("bigint", "integer") and kind in _WHOLE and column.unit == "seconds":
        return Place(position, field, Cast(f"try_cast({given} as {wanted})"), raw, True)
    if wanted == "double" and kind in ("FLOAT", "DOUBLE"):
        finite = f"case when isfinite({given}) then {given} end"
        return Place(position, field, Cast(finite), f"cast({raw} as double)", True)
    same = kind.lower().replace(" ", "") == wanted
    if same and wanted in ("boolean", "date", "decimal(18,2)", "decimal(38,12)"):
        value = since_1900(given) if wanted == "date" else given
        return Place(position, field, Cast(value), raw, True)
    text = filled(_plain_text(field.indices[0], {field.indices[0]: kind}), column, contract)
    return Place(position, field, cast(given, position, column, contract), text)


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
