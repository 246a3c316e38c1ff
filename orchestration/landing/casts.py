"""Casting by contract: each text becomes its type or null, never a guess.

All expressions are SQL of DuckDB over whole columns. A text that is there and has no value is a
fault (E_TYPE, or E_TIME_GAP for a local time that the clock skipped); landing finds them by
comparing the two.
"""

from dataclasses import dataclass

from orchestration.landing.contract import Column, Contract
from orchestration.landing.relations import quoted

TEXT_LIMIT = 1 << 20
"""Bytes of one text; longer ones are E_TEXT_SIZE."""

_TRUE = ("1", "o", "oui", "true", "vrai", "y", "yes")
_FALSE = ("0", "faux", "false", "n", "no", "non")
_SPACE = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8239)"
_OUTER_SPACE = r"^[\s\x{00A0}\x{202F}]|[\s\x{00A0}\x{202F}]$"
_CLOCK = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d([.]\d{1,9})?)?"
_ISO_DAY = r"\d{4}-\d{2}-\d{2}"
_OFFSET = r" ?(Z|z|UTC|GMT|[+-]\d{2}(:?\d{2})?)"
_NOON = r"(0?[1-9]|1[0-2]):[0-5]\d(:[0-5]\d)? ?[AaPp][.]?[Mm][.]?"
_EXPONENT = r"([eE][+-]?\d{1,3})?"
_DIGITS = r"\d{1,15}"
_DAY = r"\d{4}-\d{1,2}-\d{1,2}"
_ORDERS = {
    "ymd": (r"^(\d{4})([/.-])(\d{1,2})[/.-](\d{1,2})", r"\1-\3-\4"),
    "dmy": (r"^(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})", r"\4-\3-\1"),
    "mdy": (r"^(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})", r"\4-\1-\3"),
}
EXPECTED = {
    "bigint": "a whole number",
    "integer": "a whole number",
    "boolean": "yes or no (Y/N, oui/non, true/false, 1/0)",
    "double": "a number",
    "string": "a text",
}


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


def expected_text(column: Column, contract: Contract) -> str:
    """What a value of the column looks like, for messages."""
    if column.name.endswith("_seconds"):
        return f"seconds, or H:MM:SS (decimal mark {contract.decimal_mark})"
    if column.data_type in ("date", "timestamp"):
        example = {"ymd": "2026-12-31", "dmy": "31/12/2026", "mdy": "12/31/2026"}
        order = contract.date_order
        clock = " 23:59:59 (or 11:59:59 PM)" if column.data_type == "timestamp" else ""
        way = "" if order == "ymd" else f" or {example[order]}{clock}"
        return (
            f"{example['ymd']}{clock}{way}; other orders need date_order in settings.toml"
            if order == "ymd"
            else f"{example['ymd']}{clock}{way} (date_order {order})"
        )
    if column.data_type.startswith("decimal"):
        return f"a number with the decimal mark {contract.decimal_mark}"
    return EXPECTED[column.data_type]


def trimmed(text: str) -> str:
    """The text without outer white space, no-break spaces included.

    Looking first costs a third of trimming everything.
    """
    seen = f"regexp_matches({text}, {quoted(_OUTER_SPACE)})"
    return f"case when {seen} then trim({text}, {_SPACE}) else {text} end"


def filled(text: str, column: Column, contract: Contract) -> str:
    """The delivered text, or null where it is one of the contract's null tokens."""
    tokens = ", ".join(quoted(token) for token in contract.null_tokens)
    bare = trimmed(text)
    kept = bare if column.is_trimmed else text
    return f"case when {bare} not in ({tokens}) then {kept} end" if tokens else kept


def cast(text: str, position: int, column: Column, contract: Contract) -> Cast:
    """The cast of a filled text (null stays null); `position` numbers the column's aliases."""
    kind, mark = column.data_type, contract.decimal_mark
    if kind == "string":
        return Cast(text)
    if kind == "boolean":
        return Cast(_boolean(text))
    if kind == "date":
        return Cast(_date(text, contract.date_order))
    if kind == "timestamp":
        local, shifted = _instants(text, contract.date_order)
        return zoned(local, shifted, position, contract.zone or "UTC")
    if kind == "double":
        return Cast(f"try_cast({_number(text, mark, _EXPONENT)} as double)")
    if kind.startswith("decimal"):
        return Cast(f"try_cast({_number(text, mark, '')} as {kind})")
    if column.name.endswith("_seconds"):
        return Cast(_seconds(text, mark))
    return Cast(_whole(text, kind, mark))


def _matches(text: str, pattern: str) -> str:
    return f"regexp_full_match({text}, {quoted(pattern)})"


def _boolean(text: str) -> str:
    yes, no = (", ".join(quoted(word) for word in words) for words in (_TRUE, _FALSE))
    return (
        f"case when lower({text}) in ({yes}) then true when lower({text}) in ({no}) then false end"
    )


def _whole(text: str, kind: str, mark: str) -> str:
    pattern = rf"[+-]?\d{{1,19}}([{mark}]0+)?"
    return (
        f"case when {_matches(text, pattern)} "
        f"then try_cast(split_part({text}, '{mark}', 1) as {kind}) end"
    )


def _number(text: str, mark: str, exponent: str) -> str:
    pattern = rf"[+-]?(\d+([{mark}]\d*)?|[{mark}]\d+){exponent}"
    plain = text if mark == "." else f"replace({text}, '{mark}', '.')"
    return f"case when {_matches(text, pattern)} then {plain} end"


def _seconds(text: str, mark: str) -> str:
    clock = r"-?\d{1,5}:[0-5]\d:[0-5]\d([.,]\d{1,9})?"
    number = rf"[+-]?\d{{1,15}}([{mark}]\d*)?"
    plain = text if mark == "." else f"replace({text}, '{mark}', '.')"
    parts = [
        f"cast(regexp_extract({text}, '(\\d+):(\\d+):(\\d+)', {n}) as bigint)" for n in (1, 2, 3)
    ]
    total = f"({parts[0]} * 3600 + {parts[1]} * 60 + {parts[2]})"
    return (
        f"case when {_matches(text, _DIGITS)} then cast({text} as bigint) "
        f"when {_matches(text, number)} "
        f"then cast(floor(cast({plain} as decimal(38, 12))) as bigint) "
        f"when {_matches(text, clock)} "
        f"then case when {text}[1] = '-' then -{total} else {total} end end"
    )


def _iso_day(text: str, order: str) -> str:
    pattern, replacement = _ORDERS[order]
    return f"regexp_replace({text}, {quoted(pattern)}, {quoted(replacement)})"


def _date(text: str, order: str) -> str:
    midnight = r"([T ]00:00(:00([.]0+)?)?)?"
    turned = _iso_day(text, order)
    return (
        f"case when {_matches(text, _ISO_DAY + midnight)} "
        f"then try_cast(left({text}, 10) as date) "
        f"when {_matches(turned, _DAY + midnight)} "
        f"then try_cast(regexp_extract({turned}, '[0-9-]+') as date) end"
    )


def _instants(text: str, order: str) -> tuple[str, str]:
    """A text without an offset as the local time it says; one with an offset as UTC."""
    day = _DAY + " "
    turned = f"regexp_replace({_iso_day(text, order)}, '(\\d)T(\\d)', '\\1 \\2')"
    noon = f"upper(regexp_replace({turned}, ' ?([AaPp])[.]?[Mm][.]?$', ' \\1M'))"
    formats = "['%Y-%m-%d %I:%M:%S %p', '%Y-%m-%d %I:%M %p']"
    iso = _matches(text, _ISO_DAY + "[T ]" + _CLOCK)
    iso_utc = _matches(text, _ISO_DAY + "[T ]" + _CLOCK + "Z")
    local = (  # the two forms that machines write come first, as they cost one pattern each
        f"case when {text}[-1] = 'Z' then null when {iso} then try_cast({text} as timestamp)"
        f" when {_matches(turned, day + _CLOCK)} then try_cast({turned} as timestamp)"
        f" when {_matches(turned, day + _NOON)} then try_strptime({noon}, {formats}) end"
    )
    offset = f"upper(regexp_extract({turned}, '(UTC|GMT|[Zz]|[+-]\\d\\d:?\\d*)$', 1))"
    tidy = (
        f"case when {offset} in ('Z', 'UTC', 'GMT') then '+00:00' "
        f"when length({offset}) = 5 then left({offset}, 3) || ':' || right({offset}, 2) "
        f"when length({offset}) = 3 then {offset} || ':00' else {offset} end"
    )
    stem = f"regexp_replace({turned}, ' ?(UTC|GMT|[Zz]|[+-]\\d\\d:?\\d*)$', '')"
    shifted = (
        f"case when {iso_utc} then try_cast(left({text}, -1) as timestamp) when {iso} then null "
        f"when {_matches(turned, day + _CLOCK + _OFFSET)} then "
        f"timezone('UTC', try_cast(({stem}) || ({tidy}) as timestamptz)) end"
    )
    return local, shifted


def zoned(local: str, shifted: str, position: int, zone: str) -> Cast:
    """A local time as UTC: none where the clock jumped over it, the first where it came twice.

    The end of a daylight saving period repeats an hour (half an hour on Lord Howe Island).
    """
    here, other, name = f"l{position}", f"s{position}", quoted(zone)
    if zone == "UTC":
        return Cast(f"coalesce({here}, {other})", local, shifted)
    later = f"timezone('UTC', timezone({name}, {here}))"

    def shows(instant: str) -> str:
        return f"timezone({name}, timezone('UTC', {instant})) = {here}"

    hour, half = (f"({later} - interval {span})" for span in ("60 minutes", "30 minutes"))
    value = (
        f"case when {here} is null then {other} when {shows(hour)} then {hour} "
        f"when {shows(half)} then {half} when {shows(later)} then {later} end"
    )
    return Cast(
        value=value,
        local=local,
        shifted=shifted,
        gap=f"({here} is not null and {value} is null)",
        twice=f"coalesce({shows(hour)} or {shows(half)}, false)",
    )
