"""Rows of worked cases: a centre in Paris and New York, and short words for its facts."""

from datetime import datetime, timedelta
from typing import Any

from tests.histories.rows import KEYS, Row, delivered_row, list_row
from tests.oracle.kpi_values import kpi_values
from tests.oracle.world import World, judged_world

NOON = datetime(2026, 3, 4, 12)  # a Wednesday
LISTS: dict[str, list[Row]] = {
    "sites": [
        {"site_id": "main", "zone_name": "Europe/Paris"},
        {"site_id": "far", "zone_name": "America/New_York"},
    ],
    "teams": [{"team_id": "t2", "site_id": "far"}],
    "queues": [
        {"queue_id": "q1", "site_id": "main", "channel_code": "voice", "calendar_code": "days"},
        {"queue_id": "q2", "site_id": "far", "channel_code": "voice", "calendar_code": None},
    ],
    "contact_reasons": [
        {"reason_code": "bill_high", "issue_reason_code": "bill", "is_selfcare_eligible": True},
        {"reason_code": "bill_late", "issue_reason_code": "bill", "is_selfcare_eligible": True},
        {"reason_code": "move", "is_promotion_eligible": True, "is_sale_eligible": True},
    ],
    "opening_hours": [
        list_row(
            "opening_hours",
            calendar_code="days",
            weekday_number=weekday,
            opens_seconds=9 * 3_600,
            closes_seconds=18 * 3_600,
        )
        for weekday in range(1, 6)
    ],
}


def after(days: float = 0, seconds: float = 0) -> datetime:
    """The instant so long after noon of the Wednesday."""
    return NOON + timedelta(days=days, seconds=seconds)


def leg(contact: str, number: int = 1, /, **values: Any) -> Row:
    """An inbound visit of queue q1 at noon, answered after 10 s, over after 100 s."""
    entered = values.get("entered_at", NOON)
    said = {
        "contact_id": contact,
        "leg_number": number,
        "direction_code": "inbound",
        "channel_code": "voice",
        "queue_id": "q1",
        "outcome_code": "answered",
        "entered_at": entered,
        "answered_at": entered + timedelta(seconds=10),
        "ended_at": entered + timedelta(seconds=100),
    }
    if values.get("outcome_code", "answered") != "answered":
        said["answered_at"] = None
    return delivered_row("contact_legs", **(said | values))


def gone(contact: str, seconds: float = 30, /, **values: Any) -> Row:
    """A visit abandoned after so many seconds."""
    ended = values.get("entered_at", NOON) + timedelta(seconds=seconds)
    return leg(contact, **{"outcome_code": "abandoned", "ended_at": ended} | values)


def row(table: str, /, **values: Any) -> Row:
    """A row of any table, as delivered."""
    return delivered_row(table, **values)


def world(
    legs: list[Row], as_of: datetime | None = None, targets: list[Row] | None = None, **tables: Any
) -> World:
    """The judged world of those rows, two hundred days later unless told otherwise."""
    return judged_world(*_delivered(legs, targets, tables), as_of or after(200))


def company(
    legs: list[Row], as_of: datetime | None = None, targets: list[Row] | None = None, **tables: Any
) -> dict[str, Row]:
    """The company's rows over everything, by KPI, of the KPIs that had events."""
    rows = every_kpi(legs, as_of, targets, **tables)
    return {kpi_id: found for kpi_id, found in rows.items() if found["eligible_count"] != 0}


def every_kpi(
    legs: list[Row], as_of: datetime | None = None, targets: list[Row] | None = None, **tables: Any
) -> dict[str, Row]:
    """The company's rows over everything, of every KPI."""
    rows = kpi_values(*_delivered(legs, targets, tables), as_of or after(200))
    return {key[0]: found for key, found in rows.items() if (key[1], key[3]) == ("all", "company")}


def without(found: Row, *columns: str) -> Row:
    """A row as it comes in a file whose header lacks these columns."""
    return found | dict.fromkeys(columns) | {"lacks": columns}


def sums(rows: dict[str, Row], kpi_id: str) -> tuple[Any, int, int]:
    """(numerator, denominator, eligible_count) of a KPI; zeros where it has no row."""
    found = rows.get(kpi_id)
    if found is None:
        return 0, 0, 0
    return found["numerator"], found["denominator"], found["eligible_count"]


Delivered = tuple[dict[str, list[Row]], dict[str, list[Row]], str, str]


def _delivered(legs: list[Row], targets: list[Row] | None, tables: dict[str, Any]) -> Delivered:
    delivered: dict[str, list[Row]] = {name: [] for name in KEYS} | tables
    lists = LISTS | {"kpi_targets": targets or []}
    return delivered | {"contact_legs": legs}, lists, "Europe/Paris", "main"
