"""Values that lists of a centre may hold beyond their types."""

from functools import cache
from zoneinfo import available_timezones


@cache
def zones() -> frozenset[str]:
    """Every IANA zone that this machine knows."""
    return frozenset(available_timezones())
