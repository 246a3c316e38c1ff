"""Dates and clocks as people write them, and local times as instants in UTC.

All expressions are SQL of DuckDB over whole columns.
"""

from orchestration.landing.relations import matches, quoted

_CLOCK = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d([.]\d{1,9})?)?"
_ISO_DAY = r"\d{4}-\d{2}-\d{2}"
_OFFSET = r" ?(Z|z|UTC|GMT|[+-]\d{2}(:?\d{2})?)"
_NOON = r"(0?[1-9]|1[0-2]):[0-5]\d(:[0-5]\d)? ?[AaPp][.]?[Mm][.]?"
_DAY = r"\d{4}-\d{2}-\d{2}"
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


def date_value(text: str, order: str) -> str:
    """The date of a text; a clock in it may only say midnight."""
    midnight = r"([T ]00:00(:00([.]0+)?)?)?"
    turned = _iso_day(text, order)
    return (
        f"case when {matches(text, _ISO_DAY + midnight)} "
        f"then try_cast(left({text}, 10) as date) "
        f"when {matches(turned, _DAY + midnight)} "
        f"then try_cast(regexp_extract({turned}, '[0-9-]+') as date) end"
    )


def instants(text: str, order: str) -> tuple[str, str]:
    """A text without an offset as the local time it says; one with an offset as UTC."""
    day = _DAY + " "
    turned = f"regexp_replace({_iso_day(text, order)}, '(\\d)T(\\d)', '\\1 \\2')"
    noon = f"upper(regexp_replace({turned}, ' ?([AaPp])[.]?[Mm][.]?$', ' \\1M'))"
    formats = "['%Y-%m-%d %I:%M:%S %p', '%Y-%m-%d %I:%M %p']"
    iso = matches(text, _ISO_DAY + "[T ]" + _CLOCK)
    iso_utc = matches(text, _ISO_DAY + "[T ]" + _CLOCK + "Z")
    local = (  # the two forms that machines write come first, as they cost one pattern each
        f"case when {text}[-1] = 'Z' then null when {iso} then try_cast({text} as timestamp)"
        f" when {matches(turned, day + _CLOCK)} then try_cast({turned} as timestamp)"
        f" when {matches(turned, day + _NOON)} then try_strptime({noon}, {formats}) end"
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
        f"when {matches(turned, day + _CLOCK + _OFFSET)} then "
        f"timezone('UTC', try_cast(({stem}) || ({tidy}) as timestamptz)) end"
    )
    return local, shifted


def in_utc(local: str, shifted: str, zone: str) -> tuple[str, str]:
    """A local time as UTC, and whether the clock showed it twice; `shifted` where it is null.

    A time that the clock jumped over has no value, one that came twice is the first of the two:
    the end of a daylight saving period repeats an hour (half an hour on Lord Howe Island).
    """
    name = quoted(zone)
    later = f"timezone('UTC', timezone({name}, {local}))"

    def shows(instant: str) -> str:
        return f"timezone({name}, timezone('UTC', {instant})) = {local}"

    hour, half = (f"({later} - interval {span})" for span in ("60 minutes", "30 minutes"))
    value = (
        f"case when {local} is null then {shifted} when {shows(hour)} then {hour} "
        f"when {shows(half)} then {half} when {shows(later)} then {later} end"
    )
    return value, f"coalesce({shows(hour)} or {shows(half)}, false)"


def _iso_day(text: str, order: str) -> str:
    pattern, replacement = _ORDERS[order]
    return f"regexp_replace({text}, {quoted(pattern)}, {quoted(replacement)})"
