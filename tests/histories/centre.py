"""A small centre for histories: its lists, its agents and the mood of its feeds."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from tests.histories.lists import calendar_lists, followed_targets, reason_rows
from tests.histories.rows import Row, list_row

HOME_ZONE, HOME_SITE = "Europe/Paris", "main"
FAR_ZONES = ["America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]
SWITCHES = [
    datetime(2026, 3, 29, 1),  # Paris loses an hour
    datetime(2026, 10, 25, 1),  # Paris gains an hour
    datetime(2026, 3, 8, 7),  # New York loses an hour
    datetime(2026, 11, 1, 6),  # New York gains an hour
    datetime(2026, 4, 4, 15),  # Lord Howe gains half an hour
]


@dataclass(frozen=True)
class Mood:
    """What one history is like: its span in UTC, and percentages of what is lacking or rare."""

    switch_at: datetime
    far_zone: str
    before_days: int
    after_days: int
    missing_percent: dict[str, int]
    survey_percent: int
    rare_percent: int
    agent_count: int
    customer_count: int = 3
    is_drifting: bool = False


def chance(rng: Random, percent: int) -> bool:
    """Return True in about `percent` of the calls; the smallest draw is always False."""
    return rng.randint(0, 99) >= 100 - percent


def instant(rng: Random, mood: Mood) -> datetime:
    """Return an entry in UTC: often near local midnight or near a change of the clocks."""
    base = mood.switch_at + timedelta(days=rng.randint(-mood.before_days, mood.after_days))
    kind = rng.randint(0, 99)
    if kind >= 100 - mood.rare_percent:
        zone = ZoneInfo(rng.choice([HOME_ZONE, mood.far_zone]))
        local = datetime(base.year, base.month, base.day, tzinfo=zone)
        midnight = local.astimezone(UTC).replace(tzinfo=None)
        return midnight + timedelta(seconds=rng.choice([0, -1, 1]))
    if kind >= 100 - 2 * mood.rare_percent:
        return mood.switch_at + timedelta(seconds=rng.choice([0, -1, -1800, 1800, 3600]))
    # Parts of a second tell a floored difference from a count of clock ticks.
    parts = 900_000 * chance(rng, 25)
    return base + timedelta(seconds=rng.randint(0, 86_399), microseconds=parts)


def centre_lists(rng: Random, mood: Mood) -> dict[str, list[Row]]:
    """Return sites, teams, queues, contact_reasons and dated thresholds of short abandons.

    Site `ghost`, queue `q4` and reason `odd` appear in facts and are not listed.
    """
    switch_day = mood.switch_at.date()
    thresholds: list[dict[str, Any]] = []
    for scope, member in [("company", "company"), ("site", "main"), ("queue", "q1")]:
        if chance(rng, 50):
            since = rng.choice([None, switch_day])
            thresholds.append(_threshold(scope, member, since, rng.choice([3, 0, 8])))
    if chance(rng, 30):  # a row of the company may leave its scope empty
        since = switch_day - timedelta(days=1)
        thresholds.append(_threshold(None, None, since, rng.choice([4, 7])))
    thresholds.append(_threshold("queue", "q2", switch_day - timedelta(days=2), 10))
    thresholds.append(_threshold("queue", "q2", switch_day, 3))
    thresholds.append(
        list_row("kpi_targets", kpi_id="average_handle_seconds", scope_code="company")
        | {"scope_id": "company", "target": 300}
    )
    thresholds += followed_targets(rng, switch_day)
    return {
        "sites": [
            {"site_id": "main", "zone_name": HOME_ZONE, "is_default": True},
            {"site_id": "far", "zone_name": mood.far_zone, "is_default": False},
        ],
        "teams": [
            {"team_id": "t1", "site_id": "main"},
            {"team_id": "t2", "site_id": "far"},
        ],
        "queues": [
            _queue("q1", "main", "voice", "days"),
            _queue("q2", "far", "voice", "nights"),
            _queue("q3", None, "chat", None),
        ],
        **calendar_lists(rng, switch_day, mood.far_zone),
        "channels": [
            {"word_text": "hot-line", "channel_code": "Voice"},
            {"word_text": "postbox", "channel_code": "email"},
            {"word_text": "LIVE", "channel_code": "pigeon"},
        ],
        "contact_reasons": reason_rows(),
        "kpi_targets": thresholds,
    }


def _threshold(scope: str | None, member: str | None, since: date | None, seconds: int) -> Row:
    return list_row(
        "kpi_targets",
        kpi_id="short_abandon_rate",
        scope_code=scope,
        scope_id=member,
        valid_from_date=since,
        threshold_seconds=seconds,
    )


def _queue(queue: str, site: str | None, channel: str, calendar: str | None) -> Row:
    return {"queue_id": queue, "site_id": site, "channel_code": channel, "calendar_code": calendar}
