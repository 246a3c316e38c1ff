"""Tables of settings.toml that say something of each column: aliases, constants, words, units."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated, Any

from pydantic import PlainValidator

from orchestration.settings_values import SettingError, fault, texts

UNITS = ("milliseconds", "seconds", "minutes", "hours")
"""Units in which a number of time may be delivered."""

FILE_DATE = "file_date"
"""The constant date that is read from the name of each file."""


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
    return {one: texts(words) for one, words in value.items()}


def _unit(value: Any, part: str = "") -> str:
    if value not in UNITS:
        raise fault("one of " + ", ".join(map(repr, UNITS)))
    return value


def _key_fields(value: Any, part: str = "") -> tuple[str, ...]:
    names = texts(value)
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


Aliases = Annotated[dict[str, tuple[str, ...]], by_column(texts, ("date", "time"))]
Constants = Annotated[dict[str, str], by_column(_constant, ("date",))]
Words = Annotated[dict[str, dict[str, tuple[str, ...]]], by_column(_words)]
Units = Annotated[dict[str, str], by_column(_unit)]
Keys = Annotated[dict[str, tuple[str, ...]], by_column(_key_fields)]
