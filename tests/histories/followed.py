"""Cases at the edges of what is followed: at any instant, and where windows close."""

from datetime import datetime, timedelta
from random import Random

from tests.histories.calls import Tables, no_rows
from tests.histories.centre import Mood, instant
from tests.histories.offers import promotion_case, sale_case
from tests.histories.rows import Row, hashed
from tests.histories.selfcare import lost_task_case, sent_case, task_case


def followed_tables(rng: Random, mood: Mood, count: int) -> Tables:
    """Return so many cases of every kind at any instant, as rows by table."""
    tables = no_rows()
    for number in range(count):
        for place, kind in enumerate((sent_case, task_case, *[promotion_case] * 3, sale_case)):
            _extend(tables, kind(rng, mood, f"f{place}-{number}", instant(rng, mood)))
        next_day = mood.switch_at.date() + timedelta(days=1)  # often a holiday
        noon = datetime(next_day.year, next_day.month, next_day.day, 12)
        _extend(tables, task_case(rng, mood, f"fh-{number}", noon))
    return tables


def closing_tables(rng: Random, mood: Mood, as_of: datetime) -> Tables:
    """Return cases whose windows close at `as_of`, a second before or after it."""
    tables = no_rows()
    for place, (kind, days, lead) in enumerate(
        [(sent_case, 1, 100), (sent_case, 7, 100), (task_case, 7, 60), (lost_task_case, 1, 0)]
        + [(promotion_case, 30, 0), (sale_case, 15, 0)] * 2
    ):
        late = rng.choice([-1, 0, 0, 1])
        entered = as_of - timedelta(days=days, seconds=lead - late)
        found = kind(rng, mood, f"as_of{place}", entered)
        _extend(tables, {name: [r for r in found[name] if _ends(r) <= as_of] for name in found})
    return tables


def _ends(row: Row) -> datetime:
    return max(at for column, at in row.items() if column.endswith("_at") and at is not None)


def _extend(tables: Tables, found: Tables) -> None:
    for name, rows in found.items():
        tables[name] += [hashed(row) for row in rows]
