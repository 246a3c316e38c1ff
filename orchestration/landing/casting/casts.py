"""Casting by contract: each text becomes its type or null, never a guess.

All expressions are SQL of DuckDB over whole columns. A text that is there and has no value is a
fault (E_TYPE, or E_TIME_GAP for a local time that the clock skipped); landing finds them by
comparing the two.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.landing.casting.clocks import date_value, in_utc, instants
from orchestration.landing.casting.texts import meant
from orchestration.landing.contract import Contract
from orchestration.landing.header.column import Column
from orchestration.landing.relations import matches, quoted

_TRUE = ("1", "o", "oui", "true", "vrai", "y", "yes")
_FALSE = ("0", "faux", "false", "n", "no", "non")
_EXPONENT = r"([eE][+-]?\d{1,3})?"
_DIGITS = r"\d{1,15}"
_BLANKS = r"[ \x{00A0}\x{202F}\x{2009}]"
_FACTORS = {"milliseconds": " * 0.001", "seconds": "", "minutes": " * 60", "hours": " * 3600"}
_TWO_FIELDS = r"-?\d{1,5}:[0-5]\d"
_SHORT_CLOCKS = {"minutes": (60, 1), "hours": (3600, 60)}
"""Seconds of the two fields of a short clock, by the unit of the first."""


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
        return Cast(meant(text, column))
    if kind == "boolean":
        return Cast(_boolean(meant(text, column)))
    if kind == "date":
        return Cast(date_value(text, contract))
    if kind == "timestamp":
        local, shifted = instants(text, contract, column.needs_clock)
        return zoned(local, shifted, position, contract.zone or "UTC")
    text = _ungrouped(text, contract)
    if kind == "double":
        return Cast(f"try_cast({_number(text, mark, _EXPONENT)} as double)")
    if kind.startswith("decimal"):
        return Cast(f"try_cast({_number(text, mark, '')} as {kind})")
    if column.name.endswith("_seconds") and column.unit:
        return Cast(_seconds(text, mark, column.unit))
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


def _ungrouped(text: str, contract: Contract) -> str:
    """A number without the marks between its thousands; a blank may be any narrow one."""
    mark, decimal = contract.thousands_mark, contract.decimal_mark
    if mark is None:
        return text
    sign = _BLANKS if mark == " " else f"[{mark}]"
    grouped = rf"[+-]?\d{{1,3}}({sign}\d{{3}})+([{decimal}]\d*)?"
    bare = f"regexp_replace({text}, {quoted(sign)}, '', 'g')"
    return f"case when {matches(text, grouped)} then {bare} else {text} end"


def _number(text: str, mark: str, exponent: str) -> str:
    pattern = rf"[+-]?(\d+([{mark}]\d*)?|[{mark}]\d+){exponent}"
    plain = text if mark == "." else f"replace({text}, '{mark}', '.')"
    return f"case when {matches(text, pattern)} then {plain} end"


def _seconds(text: str, mark: str, unit: str) -> str:
    """Whole seconds of a number in `unit`, or of a clock; a short one begins with the unit."""
    clock = r"-?\d{1,5}:[0-5]\d:[0-5]\d([.,]\d{1,9})?"
    number = rf"[+-]?\d{{1,15}}([{mark}]\d*)?"
    plain = text if mark == "." else f"replace({text}, '{mark}', '.')"
    whole = f"when {matches(text, _DIGITS)} then cast({text} as bigint) "
    short = ""
    if unit in _SHORT_CLOCKS:
        short = f"when {matches(text, _TWO_FIELDS)} then {_clock(text, _SHORT_CLOCKS[unit])} "
    return (
        f"case {whole if unit == 'seconds' else ''}when {matches(text, number)} "
        f"then cast(floor(cast({plain} as decimal(38, 12)){_FACTORS[unit]}) as bigint) "
        f"{short}when {matches(text, clock)} then {_clock(text, (3600, 60, 1))} end"
    )


def _clock(text: str, seconds: Sequence[int]) -> str:
    """Whole seconds of a clock whose fields last so many each."""
    fields = ":".join([r"(\d+)"] * len(seconds))
    total = " + ".join(
        f"cast(regexp_extract({text}, '{fields}', {number}) as bigint) * {length}"
        for number, length in enumerate(seconds, 1)
    )
    return f"case when {text}[1] = '-' then -({total}) else {total} end"
