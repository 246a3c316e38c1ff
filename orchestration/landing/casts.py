"""Casting by contract: each text becomes its type or null, never a guess.

All expressions are SQL of DuckDB over whole columns. A text that is there and has no value is a
fault (E_TYPE, or E_TIME_GAP for a local time that the clock skipped); landing finds them by
comparing the two.
"""

from dataclasses import dataclass

from orchestration.landing.clocks import date_value, in_utc, instants
from orchestration.landing.column import Column
from orchestration.landing.contract import Contract
from orchestration.landing.relations import matches, quoted

_TRUE = ("1", "o", "oui", "true", "vrai", "y", "yes")
_FALSE = ("0", "faux", "false", "n", "no", "non")
_EXPONENT = r"([eE][+-]?\d{1,3})?"
_DIGITS = r"\d{1,15}"


@dataclass(frozen=True)
class Cast:
    """One column's SQL. `local` and `shifted` come a layer before `value`, under the aliases
    `l<i>` and `s<i>`; `gap` is true for a local time that the clock skipped, `twice` for one that
    it showed two times."""

    value: str
    local: str | None = None
    shifted: str | None = None
    gap: str | None = None
    twice: str | None = None


def duckdb_type(data_type: str) -> str:
    """The contract's type word in DuckDB's own words."""
    return "varchar" if data_type == "string" else data_type


def cast(text: str, position: int, column: Column, contract: Contract) -> Cast:
    """The cast of a filled text (null stays null); `position` numbers the column's aliases."""
    kind, mark = column.data_type, contract.decimal_mark
    if kind == "string":
        return Cast(text)
    if kind == "boolean":
        return Cast(_boolean(text))
    if kind == "date":
        return Cast(date_value(text, contract.date_order))
    if kind == "timestamp":
        local, shifted = instants(text, contract.date_order)
        return zoned(local, shifted, position, contract.zone or "UTC")
    if kind == "double":
        return Cast(f"try_cast({_number(text, mark, _EXPONENT)} as double)")
    if kind.startswith("decimal"):
        return Cast(f"try_cast({_number(text, mark, '')} as {kind})")
    if column.name.endswith("_seconds"):
        return Cast(_seconds(text, mark))
    return Cast(_whole(text, kind, mark))


def zoned(local: str, shifted: str, position: int, zone: str) -> Cast:
    """The cast of a local time in `zone`, or of a `shifted` one that is UTC already."""
    here, other = f"l{position}", f"s{position}"
    if zone == "UTC":
        return Cast(f"coalesce({here}, {other})", local, shifted)
    value, twice = in_utc(here, other, zone)
    gap = f"({here} is not null and {value} is null)"
    return Cast(value, local, shifted, gap, twice)


def _boolean(text: str) -> str:
    yes, no = (", ".join(quoted(word) for word in words) for words in (_TRUE, _FALSE))
    return (
        f"case when lower({text}) in ({yes}) then true when lower({text}) in ({no}) then false end"
    )


def _whole(text: str, kind: str, mark: str) -> str:
    pattern = rf"[+-]?\d{{1,19}}([{mark}]0+)?"
    return (
        f"case when {matches(text, pattern)} "
        f"then try_cast(split_part({text}, '{mark}', 1) as {kind}) end"
    )


def _number(text: str, mark: str, exponent: str) -> str:
    pattern = rf"[+-]?(\d+([{mark}]\d*)?|[{mark}]\d+){exponent}"
    plain = text if mark == "." else f"replace({text}, '{mark}', '.')"
    return f"case when {matches(text, pattern)} then {plain} end"


def _seconds(text: str, mark: str) -> str:
    clock = r"-?\d{1,5}:[0-5]\d:[0-5]\d([.,]\d{1,9})?"
    number = rf"[+-]?\d{{1,15}}([{mark}]\d*)?"
    plain = text if mark == "." else f"replace({text}, '{mark}', '.')"
    parts = [
        f"cast(regexp_extract({text}, '(\\d+):(\\d+):(\\d+)', {n}) as bigint)" for n in (1, 2, 3)
    ]
    total = f"({parts[0]} * 3600 + {parts[1]} * 60 + {parts[2]})"
    return (
        f"case when {matches(text, _DIGITS)} then cast({text} as bigint) "
        f"when {matches(text, number)} "
        f"then cast(floor(cast({plain} as decimal(38, 12))) as bigint) "
        f"when {matches(text, clock)} "
        f"then case when {text}[1] = '-' then -{total} else {total} end end"
    )
