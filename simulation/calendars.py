"""Clocks: the simulated weeks, local days of sites, opening hours and holidays."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from simulation.centre import SITES

HOUR, DAY, WEEK = 3600, 86_400, 7 * 86_400
LAST_SUNDAY = date(2026, 6, 28)
EPOCH = date(1970, 1, 1)
TAIL_WEEKS = 8

# Opening hours: (Monday to Friday), (Saturday), as local hours; closed on Sunday.
OPENING: dict[str, tuple[int, tuple[int, int], tuple[int, int] | None]] = {
    "paris_live": (0, (8, 20), (9, 18)),
    "paris_email": (0, (9, 18), None),
    "casablanca_live": (1, (8, 19), (9, 17)),
    "montreal_live": (2, (8, 20), (9, 17)),
    "montreal_email": (2, (9, 17), None),
}
# Holidays of a site: fixed (month, day), and days after Easter Sunday.
HOLIDAYS: tuple[tuple[tuple[tuple[int, int], ...], tuple[int, ...]], ...] = (
    (((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)), (1, 39, 50)),
    (((1, 1), (1, 11), (5, 1), (7, 30), (8, 14), (8, 20), (8, 21), (11, 6), (11, 18)), ()),
    (((1, 1), (6, 24), (7, 1), (12, 25)), (-2,)),
)


def easter_sunday(year: int) -> date:
    """Easter Sunday of a Gregorian year (the anonymous algorithm of 1876)."""
    golden, century = year % 19, year // 100
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


def holidays_of(site: int, first: date, last: date) -> list[date]:
    """Holidays of a site between two dates, both inclusive, in order."""
    fixed, after_easter = HOLIDAYS[site]
    days: set[date] = set()
    for year in range(first.year, last.year + 1):
        days |= {date(year, month, day) for month, day in fixed}
        days |= {easter_sunday(year) + timedelta(days=shift) for shift in after_easter}
    return sorted(day for day in days if first <= day <= last)


def weekdays(days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Weekday of days since 1970-01-01: 0 is Monday."""
    return (days + 3) % 7


@dataclass(frozen=True)
class Horizon:
    """The simulated weeks and every UTC hour in them, with a tail for what ends later.

    `start` and `end` are epoch seconds of Mondays, 00:00 UTC, `end` exclusive. `hours` are epoch
    seconds of hour starts; `local_day` (days since 1970-01-01) and `local_hour` are sites x hours;
    `opened` says per calendar whether the hour is open (every zone here is whole hours off UTC).
    """

    weeks: int
    start: int
    end: int
    hours: NDArray[np.int64]
    local_day: NDArray[np.int64]
    local_hour: NDArray[np.int64]
    opened: dict[str, NDArray[np.bool_]]

    @classmethod
    def of(cls, weeks: int) -> "Horizon":
        """The `weeks` weeks that end on the last simulated Sunday."""
        end_day = (LAST_SUNDAY - EPOCH).days + 1
        start, end = (end_day - 7 * weeks) * DAY, end_day * DAY
        hours = np.arange(start, end + TAIL_WEEKS * WEEK, HOUR, dtype=np.int64)
        local = np.stack([hours + offsets(site.zone_name, hours) for site in SITES])
        days, clock = local // DAY, local % DAY // HOUR
        opened = {
            code: open_hours(code, days[site], clock[site])
            for code, (site, _, _) in OPENING.items()
        }
        return cls(weeks, start, end, hours, days, clock, opened)

    @property
    def first_day(self) -> int:
        """The first Monday, in days since 1970-01-01."""
        return self.start // DAY

    def index(self, instants: NDArray[np.int64]) -> NDArray[np.int64]:
        """Number of the hour of each instant, cut to the hours that are known."""
        return np.clip((instants - self.start) // HOUR, 0, len(self.hours) - 1)

    def add_open_seconds(
        self, code: str, instants: NDArray[np.int64], seconds: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """The instants after so many open seconds of a calendar; 0 moves to the next open one."""
        starts = self.hours[self.opened[code]]
        spent = np.minimum(self.open_seconds(code, instants) + seconds, len(starts) * HOUR - 1)
        return starts[spent // HOUR] + spent % HOUR

    def open_seconds(self, code: str, instants: NDArray[np.int64]) -> NDArray[np.int64]:
        """Open seconds of a calendar from the first hour to each instant."""
        starts = self.hours[self.opened[code]]
        slot = np.searchsorted(starts, instants, side="right") - 1
        inside = np.where(slot >= 0, np.minimum(instants - starts[slot], HOUR), HOUR)
        return slot * HOUR + inside

    def midnight(self, site: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.int64]:
        """The instant at which a local day of a site begins."""
        found = np.zeros(len(day), dtype=np.int64)
        for number in range(len(SITES)):
            rows = np.flatnonzero(site == number)
            found[rows] = self.hours[np.searchsorted(self.local_day[number], day[rows])]
        return found


def offsets(zone_name: str, hours: NDArray[np.int64]) -> NDArray[np.int64]:
    """Seconds that local time is ahead of UTC at each hour."""
    zone = ZoneInfo(zone_name)
    found = (datetime.fromtimestamp(int(hour), zone).utcoffset() or timedelta() for hour in hours)
    return np.array([int(offset.total_seconds()) for offset in found], dtype=np.int64)


def open_hours(code: str, days: NDArray[np.int64], clock: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each local hour of a calendar is open."""
    site, week, saturday = OPENING[code]
    weekday = weekdays(days)
    opened = (weekday < 5) & (clock >= week[0]) & (clock < week[1])
    if saturday is not None:
        opened |= (weekday == 5) & (clock >= saturday[0]) & (clock < saturday[1])
    first, last = (EPOCH + timedelta(days=int(day)) for day in (days[0], days[-1]))
    closed = [(day - EPOCH).days for day in holidays_of(site, first, last)]
    return opened & ~np.isin(days, np.array(closed, dtype=np.int64))
