"""When the oracle takes a row of a ticket KPI for final: its period over, its windows closed."""

from datetime import date, timedelta

from tests.oracle.presence.reports import as_of_day
from tests.oracle.world import World

DAYS = {
    "average_first_reply_seconds": 0,
    "resolution_in_target_rate": 0,
    "reopen_rate": 8,
}
"""KPIs of tickets, and the days after the last one that nobody can still change."""


def is_final(
    world: World, key: tuple[str, str, date, str, str], changing_count: int
) -> bool | None:
    """Return whether a row is final, None for KPIs of other things than tickets."""
    kpi_id, period, start, *_ = key
    if kpi_id not in DAYS:
        return None
    if period == "all" or changing_count:
        return False
    after = timedelta(days=1 + DAYS[kpi_id])
    return last_day(period, start) + after <= as_of_day(world)


def last_day(period: str, start: date) -> date:
    """Return the last day of a day, week or month."""
    if period == "month":
        return (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return start + timedelta(days=6 if period == "week" else 0)
