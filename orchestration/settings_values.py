"""Values that settings.toml may hold: each kind checked, and what was expected in words.

A fault is a PydanticCustomError: its type `value`, its context `expected` and, where a known word
comes near, `meant`.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from orchestration.spelling import nearest


def fault(expected: str, meant: str = "") -> PydanticCustomError:
    """The error for a value; `meant` is what `nearest` says of it."""
    return PydanticCustomError("value", "{expected}", {"expected": expected, "meant": meant})


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


def _texts(value: Any) -> tuple[str, ...]:
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


def by_column(check: Callable[[Any], Any], parts: tuple[str, ...] = ()) -> PlainValidator:
    """The check of a table of columns, each value by `check`.

    A table in the place of a value is one of `parts` (`entered_at.time = ...`), and becomes the
    key `entered_at.time`.
    """

    def flat(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise fault("a table of columns")
        found: dict[str, Any] = {}
        for column, one in value.items():
            if not (parts and isinstance(one, dict)):
                found[column] = _checked(column, one, check)
                continue
            for part, inner in one.items():
                if part not in parts:
                    ways = " or ".join(f"{column}.{name}" for name in parts)
                    raise _inside(f"{column}.{part}", inner, fault(ways))
                found[f"{column}.{part}"] = _checked(f"{column}.{part}", inner, check)
        return found

    return PlainValidator(flat)


def _checked(key: str, value: Any, check: Callable[[Any], Any]) -> Any:
    try:
        return check(value)
    except PydanticCustomError as error:
        raise _inside(key, value, error) from None


def _inside(key: str, value: Any, error: PydanticCustomError) -> PydanticCustomError:
    """The fault of one entry of a table, with its key and its own value."""
    context = {**(error.context or {}), "key": key, "found": value}
    return PydanticCustomError("value", "{expected}", context)


Text = Annotated[str, PlainValidator(filled_text)]
Zone = Annotated[str, PlainValidator(_zone)]
Texts = Annotated[tuple[str, ...], PlainValidator(_texts)]
Encoding = Annotated[str, PlainValidator(_encoding)]
DatePattern = Annotated[str, PlainValidator(_pattern)]
Truth = Annotated[bool, PlainValidator(_truth)]
Share = Annotated[float, PlainValidator(_share)]
VersionCount = Annotated[int, PlainValidator(_version_count)]
Aliases = Annotated[dict[str, tuple[str, ...]], by_column(_texts, ("date", "time"))]
Constants = Annotated[dict[str, str], by_column(constant_text)]
