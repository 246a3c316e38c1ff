"""The business clock: the golden ticket, and every second counted one by one with zoneinfo."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

Select = Callable[..., list[dict[str, Any]]]
Span = tuple[str, str | None, datetime | None, datetime | None]
Hours = tuple[str, int, int, int, date | None, str | None]
HOUR = 3600
HOUR_KINDS = [pa.string(), pa.int32(), pa.int64(), pa.int64(), pa.date32(), pa.string()]
HOUR_NAMES = [
    "calendar_code", "weekday_number", "opens_seconds", "closes_seconds", "valid_from_date",
    "zone_name",
]  # fmt: skip
INSTANT = pa.timestamp("us")


def relation(rows: list[Any], names: list[str], kinds: list[pa.DataType]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return pa.table({n: pa.array(c, k) for n, c, k in zip(names, columns, kinds, strict=True)})


def business(
    select: Select, spans: list[Span], hours: list[Hours], closed: list[Any], policy: str = "all"
) -> dict[str, int | None]:
    """Seconds by unit."""
    names = ["unit_id", "calendar_code", "started_at", "ended_at"]
    kinds = [pa.string(), pa.string(), INSTANT, INSTANT]
    found = select(
        "{{ business_seconds('spans', 'opening_hours', 'holidays', '" + policy + "') }}",
        spans=relation(spans, names, kinds),
        opening_hours=relation(hours, HOUR_NAMES, HOUR_KINDS),
        holidays=relation(closed, ["calendar_code", "holiday_date"], [pa.string(), pa.date32()]),
    )
    assert len(found) == len({unit for unit, *_ in spans})
    return {row["unit_id"]: row["business_seconds"] for row in found}


def week(code: str, zone: str, opens: int, closes: int, since: date | None = None) -> list[Hours]:
    return [(code, day, opens, closes, since, zone) for day in range(1, 8)]


def minutes(code: str, *spans: tuple[int, int]) -> list[Hours]:
    """Hours given in minutes from Sunday 00:00 UTC, as the ticket system lists them."""
    return [
        (code, (low // 1440 - 1) % 7 + 1, low % 1440 * 60,
         (high - low // 1440 * 1440) * 60, None, "UTC")
        for low, high in spans
    ]  # fmt: skip


def test_golden_two_schedules(select: Select) -> None:
    hours = minutes(
        "A", (720, 1560), (2160, 3000), (3600, 4440), (5040, 5880), (6480, 7320), (7920, 8760),
        (9360, 10200),
    )  # fmt: skip
    hours += minutes("B", (2340, 2910), (3780, 4350), (5220, 5790), (6660, 7230), (8100, 8670))
    created, replied = datetime(2020, 9, 29, 17, 1, 38), datetime(2020, 9, 30, 19, 1, 46)
    moved = datetime(2020, 9, 30, 19, 1, 25)
    spans: list[Span] = [("t", "A", created, moved), ("t", "B", moved, replied)]
    assert business(select, spans, hours, []) == {"t": 57_608}
    assert business(select, spans, hours, [], "last") == {"t": 41_408}
    assert business(select, [("t", "B", created, replied)], hours, []) == {"t": 41_408}


def counted(start: datetime, end: datetime, step: int, hours: list[Hours], closed: set[Any]) -> int:
    """Seconds whose own clock time lies in the hours, counted in steps that divide all of them."""
    zone = ZoneInfo(str(hours[0][5]))
    found, now = 0, start
    while now < end:
        clock = now.replace(tzinfo=UTC).astimezone(zone)
        is_open = False
        for back in (0, 1):
            day = clock.date() - timedelta(days=back)
            seconds = clock.hour * HOUR + clock.minute * 60 + clock.second + back * 24 * HOUR
            version = max(row[4] or date.min for row in hours if (row[4] or date.min) <= day)
            is_open = is_open or any(
                row[1] == day.isoweekday() and row[2] <= seconds < row[3]
                for row in hours
                if (row[4] or date.min) == version and (row[0], day) not in closed
            )
        found += step * is_open
        now += timedelta(seconds=step)
    return found


EVERY = [
    week("day", "Europe/Paris", 9 * HOUR, 19 * HOUR),
    week("noon", "America/New_York", 8 * HOUR, 12 * HOUR)
    + week("noon", "America/New_York", 13 * HOUR, 17 * HOUR),
    week("whole", "Europe/Paris", 0, 24 * HOUR),
    week("night", "Australia/Sydney", 20 * HOUR, 30 * HOUR),
    week("far", "Pacific/Kiritimati", 5 * HOUR, 6 * HOUR),
    week("new", "Europe/Paris", 9 * HOUR, 12 * HOUR)
    + week("new", "Europe/Paris", 10 * HOUR, 20 * HOUR, date(2026, 3, 30)),
    [("work", day, 9 * HOUR, 17 * HOUR, None, "Europe/London") for day in range(1, 6)],
    week("twice", "Europe/Paris", 8 * HOUR, 26 * HOUR)
    + week("twice", "Europe/Paris", HOUR, 9 * HOUR)
    + week("twice", "Europe/Paris", 11 * HOUR, 18 * HOUR),
]
ends = st.sampled_from([datetime(2026, 3, 24), datetime(2026, 10, 20), datetime(2026, 4, 1)])


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.integers(0, len(EVERY) - 1), ends, st.integers(0, 9 * 96), st.integers(0, 9 * 96)
        ),
        min_size=1,
        max_size=4,
    )
)
def test_every_quarter_of_an_hour_is_counted(
    select: Select, rows: list[tuple[int, datetime, int, int]]
) -> None:
    """Around both changes of summer time, over holidays, versions and nights."""
    closed = [("day", date(2026, 4, 6)), ("whole", date(2026, 10, 25)), ("day", date(2026, 4, 6))]
    spans: list[Span] = []
    expected = {}
    for number, (calendar, origin, start, length) in enumerate(rows):
        hours = EVERY[calendar]
        low = origin + timedelta(minutes=15 * start)
        high = low + timedelta(minutes=15 * length)
        spans.append((f"u{number}", hours[0][0], low, high))
        expected[f"u{number}"] = counted(low, high, 900, hours, set(closed))
    every = [row for hours in EVERY for row in hours]
    assert business(select, spans, every, closed) == expected


def test_the_last_version_and_calendar_hold_for_all_time(select: Select) -> None:
    hours = EVERY[0] + EVERY[5]
    start, switch = datetime(2026, 3, 26), datetime(2026, 3, 28, 12)
    end = datetime(2026, 4, 2)
    spans: list[Span] = [("u", "day", start, switch), ("u", "new", switch, end)]
    newest = [row for row in EVERY[5] if row[4]]
    since_ever: list[Hours] = [
        (code, weekday, opens, closes, None, zone)
        for code, weekday, opens, closes, _, zone in newest
    ]
    expected = counted(start, end, 900, since_ever, set())
    assert business(select, spans, hours, [], "last") == {"u": expected}
    both = counted(start, switch, 900, EVERY[0], set()) + counted(switch, end, 900, EVERY[5], set())
    assert business(select, spans, hours, []) == {"u": both}


@pytest.mark.parametrize("policy", ["all", "last"])
def test_what_is_unknown_is_null_and_what_is_closed_is_zero(select: Select, policy: str) -> None:
    day, later = datetime(2026, 4, 7, 10), datetime(2026, 4, 7, 10, 30)
    hours = [*EVERY[0], *week("late", "Europe/Paris", 0, HOUR, date(2026, 4, 8))]
    hours += [("nozone", 2, 0, HOUR, None, None)]
    spans: list[Span] = [
        ("open", "day", day, later), ("instant", "day", day, day), ("night", "day",
        datetime(2026, 4, 7, 1), datetime(2026, 4, 7, 3)), ("running", "day", day, None),
        ("unborn", "day", None, later), ("backwards", "day", later, day),
        ("early", "late", day, later), ("unlisted", "nothing", day, later),
        ("no calendar", None, day, later), ("no zone", "nozone", day, later),
        ("half", "day", day, later), ("half", "day", later, None),
    ]  # fmt: skip
    found = business(select, spans, hours, [], policy)
    assert found == {unit: None for unit, *_ in spans} | {"open": 1800, "instant": 0, "night": 0}


def test_parts_of_seconds_add_up(select: Select) -> None:
    """3.15 s are 3 s, though the unit moved on the way; so are parts before and after a night."""
    start = datetime(2026, 4, 7, 10, 0, 0, 900_000)
    switch, end = datetime(2026, 4, 7, 10, 0, 2, 100_000), datetime(2026, 4, 7, 10, 0, 4, 50_000)
    parts: list[Span] = [("u", "day", start, switch), ("u", "day", switch, end)]
    assert business(select, parts, EVERY[0], []) == {"u": 3}
    assert business(select, [("u", "day", start, end)], EVERY[0], []) == {"u": 3}
    closing, opening = datetime(2026, 4, 7, 16, 59, 58, 900_000), datetime(2026, 4, 8, 7, 0, 1)
    night: list[Span] = [
        ("u", "day", closing, opening + timedelta(microseconds=50_000)),
        ("v", "day", closing, opening + timedelta(microseconds=900_000)),
    ]
    assert business(select, night, EVERY[0], []) == {"u": 2, "v": 3}


@pytest.mark.parametrize("policy", ["all", "last"])
def test_hours_that_overlap_count_once(select: Select, policy: str) -> None:
    monday = datetime(2026, 3, 2)
    spans = [(8, 12), (11, 18), (13, 14), (11, 18)]
    hours: list[Hours] = [("c", 1, low * HOUR, high * HOUR, None, "UTC") for low, high in spans]
    asked: list[Span] = [("u", "c", monday, monday + timedelta(days=1))]
    asked.append(("v", "c", monday + timedelta(hours=11, minutes=30), monday + timedelta(days=1)))
    assert business(select, asked, hours, [], policy) == {"u": 36_000, "v": 23_400}
