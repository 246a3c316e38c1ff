"""Values that settings.toml may hold: each kind checked, and what was expected in words."""

import re
from functools import cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import PlainValidator

from orchestration.spelling import nearest


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


def texts(value: Any, part: str = "") -> tuple[str, ...]:
    """A list of texts; `part` says nothing here."""
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


Text = Annotated[str, PlainValidator(filled_text)]
Zone = Annotated[str, PlainValidator(_zone)]
Texts = Annotated[tuple[str, ...], PlainValidator(texts)]
Encoding = Annotated[str, PlainValidator(_encoding)]
DatePattern = Annotated[str, PlainValidator(_pattern)]
Truth = Annotated[bool, PlainValidator(_truth)]
Share = Annotated[float, PlainValidator(_share)]
VersionCount = Annotated[int, PlainValidator(_version_count)]
