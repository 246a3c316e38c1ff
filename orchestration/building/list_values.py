"""Values of the lists of a centre, as a build can read them."""

import math
from collections.abc import Callable
from datetime import date
from functools import cache
from zoneinfo import available_timezones

Check = Callable[[str], bool]


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@cache
def zones() -> frozenset[str]:
    """Every IANA zone that this machine knows."""
    return frozenset(available_timezones())


def _is_whole(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) <= 18


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and "_" not in text
    except ValueError:
        return False


KINDS: dict[str, tuple[str, Check]] = {
    "string": ("a text", lambda text: True),
    "boolean": ("true or false", lambda text: text.lower() in ("true", "false", "1", "0")),
    "bigint": ("a whole number", _is_whole),
    "integer": ("a whole number", _is_whole),
    "double": ("a number with a decimal point, such as 0.8", _is_number),
    "date": ("a date such as 2026-12-31", _is_date),
    "zone": ('an IANA zone such as "Europe/Paris"', lambda text: text in zones()),
}
"""By kind of value: how it looks, in words, and whether a text is one."""
