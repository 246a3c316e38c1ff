"""The lists of a random centre that its follow-up KPIs need: reasons, targets, calendars."""

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.histories.rows import Row, list_row

HOUR = 3_600


def reason_rows() -> list[Row]:
    """Return reasons of two levels; `odd` and `menu2` appear in facts and are not listed."""
    kinds: list[tuple[str, str | None, bool, bool, bool, int | None]] = [
        ("bill_high", "bill", True, False, False, None),
        ("bill_late", "bill", True, False, False, 86_400),
        ("menu1", "bill", False, False, False, None),
        ("move_house", "move", False, True, True, 45 * 86_400),
        ("new_line", None, False, True, True, None),
    ]
    names = ["reason_code", "issue_reason_code", "is_selfcare_eligible", "is_promotion_eligible"]
    names += ["is_sale_eligible", "issue_gap_seconds"]
    return [dict(zip(names, kind, strict=True)) for kind in kinds]


def followed_targets(rng: Random, switch_day: date) -> list[Row]:
    """Return thresholds and policies of the service level, and targets of the resolution."""
    policies = ["SL_NEG", "SL_SHORT_EXCL", "SL_SHORT_POS", "SL_IGN", "SL_POS", "SL_ANS", None]
    said: list[dict[str, Any]] = [
        {"scope_code": "company", "threshold_seconds": 10, "policy_code": None},
        {"scope_code": "queue", "scope_id": "q1", "threshold_seconds": 120},
        {"scope_code": "queue", "scope_id": "q2", "policy_code": rng.choice(policies)},
    ]
    said[1] |= {"policy_code": rng.choice(policies), "valid_from_date": switch_day}
    since = switch_day + timedelta(days=2)
    said += [
        {"scope_code": "site", "scope_id": "main", "threshold_seconds": 40},
        {"scope_code": "site", "scope_id": "main", "policy_code": "SL_POS"},
        {"scope_code": None, "threshold_seconds": 15, "policy_code": "SL_IGN", "target": 0.9},
        {"scope_code": "queue", "scope_id": "q1", "threshold_seconds": 60, "target": 0.7},
    ]
    said[4] |= {"valid_from_date": switch_day - timedelta(days=3)}
    said[5] |= {"valid_from_date": since}
    said[6] |= {"valid_from_date": since}
    said[1] |= {"clock_code": rng.choice([None, "calendar", "business"])}
    rows = [
        list_row("kpi_targets", kpi_id="service_level", **{"scope_id": "company"} | row)
        for row in said
        if rng.randint(0, 1)
    ]
    goals: list[dict[str, Any]] = [
        {"scope_code": "company", "threshold_seconds": 86_400},
        {"scope_code": "company", "threshold_seconds": 600, "reason_code": "bill"},
        {"scope_code": "company", "threshold_seconds": 3_600, "priority_code": "high"},
        {"scope_code": "queue", "scope_id": "q1", "threshold_seconds": 7 * 86_400},
        {"scope_code": "site", "scope_id": "far", "threshold_seconds": 700},
    ]
    for goal in goals:
        if rng.randint(0, 1):
            goal = {"scope_id": "company", "clock_code": rng.choice([None, "business"])} | goal
            goal["valid_from_date"] = rng.choice([None, switch_day])
            rows.append(list_row("kpi_targets", kpi_id="resolution_in_target_rate", **goal))
    return rows


def calendar_lists(rng: Random, switch_day: date, far_zone: str) -> dict[str, list[Row]]:
    """Return opening hours (days with a later schedule; nights across midnight) and holidays."""
    hours: list[Row] = []
    for weekday in range(1, 6):
        hours.append(_span("days", weekday, (8, 19), None, "Europe/Paris"))
        hours.append(_span("days", weekday, (9, 12), switch_day, None))
        hours.append(_span("days", weekday, (14, 17), switch_day, None))
    for weekday in range(1, 8):
        hours.append(_span("nights", weekday, (20, 26), None, far_zone))
    hours.append(_span("days", 7, (1, 5), switch_day, None))  # the hours of the switch itself
    closed = [switch_day + timedelta(days=shift) for shift in (-1, 1) if rng.randint(0, 1)]
    holidays: list[Row] = [{"calendar_code": "days", "holiday_date": day} for day in closed]
    return {"opening_hours": hours, "holidays": holidays}


def _span(
    calendar: str, weekday: int, hours: tuple[int, int], since: date | None, zone: str | None
) -> Row:
    return list_row(
        "opening_hours",
        calendar_code=calendar,
        weekday_number=weekday,
        opens_seconds=hours[0] * HOUR,
        closes_seconds=hours[1] * HOUR,
        valid_from_date=since,
        zone_name=zone,
    )
