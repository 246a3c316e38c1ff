"""Dates and clocks as people write them, and local times as instants in UTC.

All expressions are SQL of DuckDB over whole columns.
"""

from orchestration.landing.contract import Contract
from orchestration.landing.relations import matches, quoted

_YEAR = r"(19|2\d)\d\d"
_CLOCK = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d([.]\d{1,9})?)?"
_ISO_DAY = _YEAR + r"-\d{2}-\d{2}"
_OFFSET = r" ?(Z|z|UTC|GMT|[+-]\d{2}(:?\d{2})?)"
_NOON = r"(0?[1-9]|1[0-2]):[0-5]\d(:[0-5]\d)? ?[AaPp][.]?[Mm][.]?"
_DAY = _YEAR + r"-\d{1,2}-\d{1,2}"
_ORDERS = {
    "ymd": (r"^(\d{4})([/.-])(\d{1,2})[/.-](\d{1,2})", r"\1-\3-\4"),
    "dmy": (r"^(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})", r"\4-\3-\1"),
    "mdy": (r"^(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})", r"\4-\1-\3"),
}
_SHORT_ORDERS = {
    "ymd": (r"^({})[/.-](\d{{1,2}})[/.-](\d{{1,2}})($|[T ])", r"{}\1-\2-\3\4"),
    "dmy": (r"^(\d{{1,2}})[/.-](\d{{1,2}})[/.-]({})($|[T ])", r"{}\3-\2-\1\4"),
    "mdy": (r"^(\d{{1,2}})[/.-](\d{{1,2}})[/.-]({})($|[T ])", r"{}\3-\1-\2\4"),
}
_CENTURIES = {"20": r"[0-6]\d", "19": r"[7-9]\d"}
"""The years that two digits mean: 00 to 69 are of this century, 70 to 99 of the last."""


def date_value(text: str, contract: Contract) -> str:
    """The date of a text; a clock in it may only say midnight."""
    midnight = r"([T ]00:00(:00([.]0+)?)?)?"
    turned = _iso_day(text, contract)
    return (
        f"case when {matches(text, _ISO_DAY + midnight)} "
        f"then try_cast(left({text}, 10) as date) "
        f"when {matches(turned, _DAY + midnight)} "
        f"then try_cast(regexp_extract({turned}, '[0-9-]+') as date) end"
    )


def joined(day: str, clock: str) -> str:
    """A date and a clock as one text; each is cut from a cell that holds more.

    One without the other stands alone, both missing is null.
    """
    date_alone = f"regexp_replace({day}, '[T ]\\d{{1,2}}:\\d\\d.*$', '')"
    clock_alone = f"regexp_replace({clock}, '^\\d{{1,4}}[/.-]\\d{{1,2}}[/.-]\\d{{1,4}}[T ]', '')"
    return f"nullif(trim(coalesce({date_alone}, '') || ' ' || coalesce({clock_alone}, '')), '')"


def clock_flag(text: str, contract: Contract) -> str:
    """Whether a delivered instant has a clock, as a text; null where there is no instant."""
    is_date = matches(_iso_day(text, contract), _DAY)
    return f"case when {is_date} then 'false' when {text} is not null then 'true' end"


def since_1900(value: str) -> str:
    """A date or instant, null where its year was written with two digits and taken for four."""
    return f"case when {value} >= date '1900-01-01' then {value} end"


def instants(text: str, contract: Contract, needs_clock: bool) -> tuple[str, str]:
    """A text without an offset as the local time it says; one with an offset as UTC.

    A date without a clock is noon of that day, unless the column `needs_clock`: noon is the same
    day in nearly every zone, and no clock change skips it.
    """
    day = _DAY + " "
    turned = f"regexp_replace({_iso_day(text, contract)}, '(\\d)T(\\d)', '\\1 \\2')"
    noon = f"upper(regexp_replace({turned}, ' ?([AaPp])[.]?[Mm][.]?$', ' \\1M'))"
    formats = "['%Y-%m-%d %I:%M:%S %p', '%Y-%m-%d %I:%M %p']"
    is_bare = matches(turned, _DAY)
    bare_day = f" when {is_bare} then try_cast({turned} || ' 12:00:00' as timestamp)"
    bare_day = "" if needs_clock else bare_day
    iso = matches(text, _ISO_DAY + "[T ]" + _CLOCK)
    iso_utc = matches(text, _ISO_DAY + "[T ]" + _CLOCK + "Z")
    local = (  # the two forms that machines write come first, as they cost one pattern each
        f"case when {text}[-1] = 'Z' then null when {iso} then try_cast({text} as timestamp)"
        f" when {matches(turned, day + _CLOCK)} then try_cast({turned} as timestamp)"
        f" when {matches(turned, day + _NOON)} then try_strptime({noon}, {formats}){bare_day} end"
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


def _iso_day(text: str, contract: Contract) -> str:
    pattern, replacement = _ORDERS[contract.date_order]
    turned = f"regexp_replace({text}, {quoted(pattern)}, {quoted(replacement)})"
    if contract.short_years:
        pattern, replacement = _SHORT_ORDERS[contract.date_order]
        for century, years in _CENTURIES.items():
            short, long = quoted(pattern.format(years)), quoted(replacement.format(century))
            turned = f"regexp_replace({turned}, {short}, {long})"
    return turned
