"""How the oracle's reports gather units by period and member."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from tests.oracle.world import periods

Member = TypeVar("Member")
Unit = TypeVar("Unit")


def in_periods(
    units: Iterable[tuple[date, Member, Unit]], names: tuple[str, ...], first_day: date
) -> dict[tuple[str, date, Member], list[Unit]]:
    """Return units, given with their local day and member, by (period, start, member).

    `names` are the periods that the report has; `all` starts on `first_day`.
    """
    found: dict[tuple[str, date, Member], list[Unit]] = defaultdict(list)
    for day, member, unit in units:
        for period, start in periods(day, first_day):
            if period in names:
                found[period, start, member].append(unit)
    return found
