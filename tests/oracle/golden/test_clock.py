"""The oracle's business clock against the golden case, switches of the clocks and holidays."""

from datetime import date, datetime, timedelta

import pytest

from tests.histories.rows import Row, list_row
from tests.oracle.centre.clock import Calendar, business_seconds
from tests.oracle.golden.rows import row, world
from tests.oracle.tickets.events import fct_tickets


def calendar(spans: list[tuple[int, int]], zone: str = "UTC") -> Calendar:
    """A calendar of spans in minutes since Sunday 00:00."""
    return Calendar([hours(low, high) for low, high in spans], set(), zone)


def hours(low: int, high: int, since: date | None = None) -> Row:
    """The hours of one span in minutes since Sunday 00:00; it may end on the next day."""
    weekday, begun = low // 1_440 or 7, low // 1_440 * 1_440
    return list_row(
        "opening_hours",
        weekday_number=weekday,
        opens_seconds=(low - begun) * 60,
        closes_seconds=(high - begun) * 60,
        valid_from_date=since,
    )


A = [(720, 1560), (2160, 3000), (3600, 4440), (5040, 5880), (6480, 7320), (7920, 8760)]
A += [(9360, 10200)]
B = [(2340, 2910), (3780, 4350), (5220, 5790), (6660, 7230), (8100, 8670)]
CREATED = datetime(2020, 9, 29, 17, 1, 38)
REPLIED = datetime(2020, 9, 30, 19, 1, 46)


@pytest.mark.parametrize(("policy", "seconds"), [("all", 57_608), ("last", 41_408)])
def test_schedules_that_follow_one_another(policy: str, seconds: int) -> None:
    moved = datetime(2020, 9, 30, 19, 1, 25)
    assigned = [(CREATED, calendar(A)), (moved, calendar(B))]
    assert business_seconds(CREATED, REPLIED, assigned, policy) == seconds


@pytest.mark.parametrize(("policy", "minutes"), [("all", 480 + 60), ("last", 60 + 60)])
def test_a_schedule_holds_from_its_first_day(policy: str, minutes: int) -> None:
    dated = [hours(day * 1_440 + 600, day * 1_440 + 1_080) for day in (1, 2)]
    dated += [hours(day * 1_440 + 600, day * 1_440 + 660, date(2026, 3, 3)) for day in (1, 2)]
    days = datetime(2026, 3, 2), datetime(2026, 3, 4)  # Monday and Tuesday
    assigned = [(datetime.min, Calendar(dated, set(), "UTC"))]
    assert business_seconds(*days, assigned, policy) == minutes * 60


@pytest.mark.parametrize(
    ("day", "expected"), [((2026, 3, 29), 3), ((2026, 10, 25), 5), ((2026, 3, 22), 4)]
)
def test_hours_are_those_of_the_wall_clock(day: tuple[int, int, int], expected: int) -> None:
    start = datetime(*day) - timedelta(hours=12)
    night = calendar([(60, 300)], "Europe/Paris")  # Sunday 01:00 to 05:00
    seconds = business_seconds(start, start + timedelta(days=1, hours=6), [(start, night)])
    assert seconds == expected * 3_600


def test_holidays_and_parts_of_seconds() -> None:
    week = calendar([(1_440 + 600, 1_440 + 660), (2_880 + 600, 2_880 + 660)])
    start = datetime(2026, 3, 2, 10, 59, 59, 500_000)
    end = datetime(2026, 3, 3, 10, 0, 0, 600_000)
    assert business_seconds(start, end, [(start, week)]) == 1
    week.holidays = {date(2026, 3, 3)}
    assert business_seconds(start, end, [(start, week)]) == 0
    assert business_seconds(start, end, [(start, Calendar([], set(), "UTC"))]) == 82_801
    assert week.is_open(datetime(2026, 3, 2, 10)) and not week.is_open(datetime(2026, 3, 2, 11))


def test_a_ticket_against_its_target() -> None:
    target = {"kpi_id": "resolution_in_target_rate", "scope_code": "company"}
    friday = datetime(2026, 3, 6, 16, 30)  # 17:30 in Paris, half an hour before closing
    targets = [list_row("kpi_targets", **target, threshold_seconds=3_600, clock_code="business")]
    targets.append(list_row("kpi_targets", **target, threshold_seconds=60, priority_code="high"))
    said = {"queue_id": "q1", "created_at": friday}
    solved = datetime(2026, 3, 9, 8, 30)  # Monday 09:30
    tickets = [row("tickets", ticket_id="in", resolved_at=solved, **said)]
    tickets.append(
        row("tickets", ticket_id="late", resolved_at=solved + timedelta(seconds=1), **said)
    )
    tickets += [row("tickets", ticket_id="high", priority_code="high", **said)]
    tickets += [row("tickets", ticket_id="young", **said)]
    judged = world([], friday + timedelta(minutes=1), targets, tickets=tickets)
    found = fct_tickets(judged)
    verdicts = {name: found[name]["is_in_target"] for name in found}
    assert verdicts == {"in": True, "late": False, "high": False, "young": None}
    assert found["in"]["resolution_open_seconds"] == 3_600
    assert found["in"]["resolution_seconds"] == 64 * 3_600
    assert found["in"]["full_resolution_seconds"] == found["in"]["resolution_seconds"]
