"""The oracle's business clock: seconds inside opening hours, holidays out, zones and switches."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.oracle.centre.centre import Centre, Row

SECOND = timedelta(seconds=1)
Span = tuple[datetime, datetime]


class Calendar:
    """Opening hours and holidays of one calendar; without any hours it is open always."""

    def __init__(self, hours: list[Row], holidays: set[date], zone: str) -> None:
        self.hours, self.holidays, self.zone = hours, holidays, zone

    def schedule(self, day: date) -> list[Row]:
        """Return the hours in force on a local day: those of the latest first day up to it."""
        begun = [row for row in self.hours if (row["valid_from_date"] or date.min) <= day]
        latest = max((row["valid_from_date"] or date.min for row in begun), default=None)
        return [row for row in begun if (row["valid_from_date"] or date.min) == latest]

    def local_day(self, instant: datetime) -> date:
        """Return the calendar day of a naive UTC instant on the calendar's own clock."""
        zone = ZoneInfo((self.hours[0]["zone_name"] if self.hours else None) or self.zone)
        return instant.replace(tzinfo=UTC).astimezone(zone).date()

    def opened(self, day: date, schedule: list[Row]) -> Iterator[Span]:
        """Yield the spans that open on a local day, as UTC; hours are those of the wall clock."""
        if day in self.holidays:
            return
        for row in schedule:
            if row["weekday_number"] == day.isoweekday():
                zone = ZoneInfo(row["zone_name"] or self.zone)
                midnight = datetime(day.year, day.month, day.day)
                walls = [
                    midnight + timedelta(seconds=row[at])
                    for at in ("opens_seconds", "closes_seconds")
                ]
                opens, closes = [
                    wall.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None) for wall in walls
                ]
                yield opens, closes

    def spans(self, start: datetime, end: datetime, policy: str) -> list[Span]:
        """Return every open span around [start, end] under a schedule policy, all or last."""
        last_day = self.local_day(end)
        day, found = start.date() - timedelta(days=3), list[Span]()
        while day <= end.date() + timedelta(days=2):
            found += self.opened(day, self.schedule(last_day if policy == "last" else day))
            day += timedelta(days=1)
        return found

    def is_open(self, instant: datetime) -> bool:
        """Return whether the instant lies in an open span, its opening included."""
        spans = self.spans(instant, instant, "all")
        return not self.hours or any(opens <= instant < closes for opens, closes in spans)


def calendar_of(centre: Centre, code: str | None) -> Calendar:
    """Return the calendar of that code from the centre's lists."""
    hours = [row for row in centre.lists.get("opening_hours", []) if row["calendar_code"] == code]
    days = {
        row["holiday_date"]
        for row in centre.lists.get("holidays", [])
        if row["calendar_code"] == code
    }
    return Calendar(hours if code is not None else [], days, centre.zone)


def queue_calendar(centre: Centre, queue: str) -> Calendar:
    """Return the calendar of a queue."""
    return calendar_of(centre, centre.queues.get(queue, {}).get("calendar_code"))


def inside(spans: list[Span], start: datetime, end: datetime) -> timedelta:
    """Return the time of [start, end) inside the union of the spans."""
    found, reached = timedelta(0), start
    for opens, closes in sorted(spans):
        opens, closes = max(opens, reached), min(closes, end)
        if closes > opens:
            found += closes - opens
            reached = closes
    return found


def business_seconds(
    start: datetime,
    end: datetime,
    assigned: list[tuple[datetime, Calendar]],
    policy: str = "all",
) -> int:
    """Return whole open seconds from `start` to `end`, floored once.

    `assigned` are the calendars of the case with the instant from which each held, in order.
    Policy `all` follows them one after the other, `last` measures the whole span by the last
    one, and within a calendar by the hours in force on the last local day.
    """
    begun = [pair for pair in assigned if pair[0] <= end] or assigned[:1]
    if policy == "last":
        begun = [(start, begun[-1][1])]
    total = timedelta(0)
    for number, (since, calendar) in enumerate(begun):
        low = start if number == 0 else max(start, since)
        high = end if number + 1 == len(begun) else min(end, begun[number + 1][0])
        if high <= low:
            continue
        total += (
            inside(calendar.spans(low, high, policy), low, high) if calendar.hours else (high - low)
        )
    return total // SECOND


def clock_seconds(
    centre: Centre, clock: str | None, queue: str, start: datetime, end: datetime
) -> int:
    """Return whole seconds by the clock `business` of the queue's calendar, else by all time."""
    if clock == "business":
        return business_seconds(start, end, [(datetime.min, queue_calendar(centre, queue))])
    return (end - start) // SECOND
