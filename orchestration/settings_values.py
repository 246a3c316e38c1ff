"""Values that settings.toml may hold: each kind checked, and what was expected in words."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import PlainValidator

from orchestration.spelling import nearest

UNITS = ("milliseconds", "seconds", "minutes", "hours")
"""Units in which a number of time may be delivered."""

FILE_DATE = "file_date"
"""The constant date that is read from the name of each file."""


class SettingError(ValueError):
    """What was expected of a value, and what `nearest` says of it.

    Of one entry of a table of columns, `entry` is its key and its own value.
    """

    def __init__(self, expected: str, meant: str = "") -> None:
        super().__init__(expected)
        self.expected, self.meant = expected, meant
        self.entry: tuple[str, Any] | None = None


def fault(expected: str, meant: str = "") -> SettingError:
    """The error for a value; `meant` is what `nearest` says of it."""
    return SettingError(expected, meant)


def filled_text(value: Any) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value:
        raise fault("a text")
    return value


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(value: Any) -> str:
    name = filled_text(value)
    if name not in _zones():
        raise fault("a time zone such as Europe/Paris", nearest(name, _zones()))
    return name


def _texts(value: Any, part: str = "") -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise fault("a list of texts")
    return tuple(value)


def _encoding(value: Any) -> str:
    name = filled_text(value)
    try:
        "".encode(name)
    except LookupError:
        raise fault("an encoding such as utf-8 or cp1252") from None
    return name


def _pattern(value: Any) -> str:
    pattern = filled_text(value)
    try:
        groups = re.compile(pattern).groups
    except re.error:
        groups = 0
    if groups != 1:
        raise fault("a regular expression with one group around the date")
    return pattern


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise fault("true or false")
    return value


def _share(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise fault("a share from 0 to 1")
    return float(value)


def _version_count(value: Any) -> int:
    # One to read and one to go back to.
    if isinstance(value, bool) or not isinstance(value, int) or value < 2:
        raise fault("a whole number, 2 at least")
    return value


def among(*words: str) -> PlainValidator:
    """The check of a text that is one of `words`."""

    def check(value: Any) -> str:
        if value not in words:
            raise fault("one of " + ", ".join(map(repr, words)))
        return value

    return PlainValidator(check)


def constant_text(value: Any) -> str:
    """A TOML value as the text that a file would have held in its place."""
    if isinstance(value, list | dict):
        raise fault("one value")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _constant(value: Any, part: str) -> str:
    text = constant_text(value)
    if part == "date" and text != FILE_DATE:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise fault(f'a date such as 2026-12-31, or "{FILE_DATE}"') from None
    return text


def _words(value: Any, part: str = "") -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict) or not value:
        raise fault('each value with its words, such as true = ["handled"]')
    return {one: _texts(words) for one, words in value.items()}


def _unit(value: Any, part: str = "") -> str:
    if value not in UNITS:
        raise fault("one of " + ", ".join(map(repr, UNITS)))
    return value


def _key_fields(value: Any, part: str = "") -> tuple[str, ...]:
    names = _texts(value)
    if len(names) < 2:
        raise fault("two fields or more (one alone is an alias)")
    return names


def by_column(check: Callable[[Any, str], Any], parts: tuple[str, ...] = ()) -> PlainValidator:
    """The check of a table of columns, each value by `check(value, part)`.

    A table in the place of a value is one of `parts` (`entered_at.time = ...`), and becomes the
    key `entered_at.time`.
    """

    def flat(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise fault("a table of columns")
        found: dict[str, Any] = {}
        for column, one in value.items():
            if not (parts and isinstance(one, dict)):
                found[column] = _checked(column, one, check, "")
                continue
            for part, inner in one.items():
                if part not in parts:
                    ways = " or ".join(f"{column}.{name}" for name in parts)
                    raise _inside(f"{column}.{part}", inner, fault(ways))
                found[f"{column}.{part}"] = _checked(f"{column}.{part}", inner, check, part)
        return found

    return PlainValidator(flat)


def _checked(key: str, value: Any, check: Callable[[Any, str], Any], part: str) -> Any:
    try:
        return check(value, part)
    except SettingError as error:
        raise _inside(key, value, error) from None


def _inside(key: str, value: Any, error: SettingError) -> SettingError:
    """The fault of one entry of a table, with its key and its own value."""
    error.entry = (key, value)
    return error


Text = Annotated[str, PlainValidator(filled_text)]
Zone = Annotated[str, PlainValidator(_zone)]
Texts = Annotated[tuple[str, ...], PlainValidator(_texts)]
Encoding = Annotated[str, PlainValidator(_encoding)]
DatePattern = Annotated[str, PlainValidator(_pattern)]
Truth = Annotated[bool, PlainValidator(_truth)]
Share = Annotated[float, PlainValidator(_share)]
VersionCount = Annotated[int, PlainValidator(_version_count)]
Aliases = Annotated[dict[str, tuple[str, ...]], by_column(_texts, ("date", "time"))]
Constants = Annotated[dict[str, str], by_column(_constant, ("date",))]
Words = Annotated[dict[str, dict[str, tuple[str, ...]]], by_column(_words)]
Units = Annotated[dict[str, str], by_column(_unit)]
Keys = Annotated[dict[str, tuple[str, ...]], by_column(_key_fields)]
