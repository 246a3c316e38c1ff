"""One table of a TOML file, read key by key: each value checked, each fault explained."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from orchestration.errors import TelltaleError, told
from orchestration.spelling import nearest


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def constant_text(value: Any) -> str:
    """A TOML value as the text that a file would have held in its place."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)


class TomlTable:
    """Checks one table; `where` is its name as the file writes it.

    Making one raises TelltaleError for what is no table and for keys that are not `known`; its
    methods return the value of a key, or `default`, and raise it for a value of the wrong kind.
    """

    def __init__(self, file: str, where: str, table: Any, known: Iterable[str]) -> None:
        self.file, self.where = file, where
        if not isinstance(table, dict):
            raise TelltaleError(
                told(f"{file}: [{where}] is no table", expected=f"[{where}]", found=repr(table))
            )
        self.table: dict[str, Any] = table
        self.known = tuple(known)
        for key in table:
            if key not in self.known:
                raise TelltaleError(
                    told(
                        f"{file}: [{where}] has an unknown key",
                        expected="one of " + ", ".join(sorted(self.known)),
                        found=f'"{key}"{nearest(key, self.known)}',
                    )
                )

    def fail(self, key: str, expected: str, meant: str = "") -> TelltaleError:
        """The error for the value of `key`; `meant` is what `nearest` says of it."""
        return TelltaleError(
            told(
                f"{self.file}: [{self.where}] {key} cannot be read",
                expected=expected,
                found=f"{self.table[key]!r}{meant}",
            )
        )

    def text(self, key: str, default: str | None, among: Iterable[str] = ()) -> Any:
        """A text that is not empty and, where `among` names some, is one of them."""
        if key not in self.table:
            return default
        value, among = self.table[key], tuple(among)
        if not isinstance(value, str) or not value:
            raise self.fail(key, "a text")
        if among and value not in among:
            raise self.fail(key, "one of " + ", ".join(repr(one) for one in among))
        return value

    def zone(self, key: str, default: str | None) -> Any:
        """The name of an IANA time zone."""
        value = self.text(key, default)
        if key in self.table and value not in _zones():
            raise self.fail(key, "a time zone such as Europe/Paris", nearest(value, _zones()))
        return value

    def texts(self, key: str, default: tuple[str, ...] | None) -> Any:
        """A list of texts, as a tuple."""
        if key not in self.table:
            return default
        value = self.table[key]
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.fail(key, "a list of texts")
        return tuple(value)

    def encoding(self, key: str) -> str | None:
        """The name of an encoding that Python knows."""
        value = self.text(key, None)
        if value is None:
            return None
        try:
            "".encode(value)
        except LookupError:
            raise self.fail(key, "an encoding such as utf-8 or cp1252") from None
        return value

    def pattern(self, key: str) -> str | None:
        """A regular expression with one group."""
        value = self.text(key, None)
        if value is not None:
            try:
                groups = re.compile(value).groups
            except re.error:
                groups = 0
            if groups != 1:
                raise self.fail(key, "a regular expression with one group around the date")
        return value

    def truth(self, key: str, default: bool | None) -> bool | None:
        """True or false."""
        if key in self.table and not isinstance(self.table[key], bool):
            raise self.fail(key, "true or false")
        return self.table.get(key, default)

    def share(self, key: str, default: float) -> float:
        """A number from 0 to 1."""
        value = self.table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
            raise self.fail(key, "a share from 0 to 1")
        return float(value)
