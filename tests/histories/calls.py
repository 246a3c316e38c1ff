"""Worked rows of one customer for random histories: a call, a task, spans at the edges."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.histories.centre import chance
from tests.histories.rows import Row, delivered_row

DAY = 86_400
Tables = dict[str, list[Row]]


def call(contact: str, customer: str | None, entered: datetime, **said: Any) -> Row:
    """A call answered after 10 s and over after 100 s."""
    values: dict[str, Any] = {"contact_id": contact, "leg_number": 1, "customer_id": customer}
    values |= {"direction_code": "inbound", "channel_code": "voice", "queue_id": "q1"}
    values |= {"agent_id": "a1", "outcome_code": "answered", "entered_at": entered}
    values |= {"answered_at": entered + timedelta(seconds=10)}
    values |= {"ended_at": entered + timedelta(seconds=100), "talk_seconds": 90}
    return delivered_row("contact_legs", **values | said)


def row_of_task(name: str, customer: str | None, started: datetime, seconds: int | None) -> Row:
    """A completed task in the app about a high bill; None is one that never ended."""
    return delivered_row(
        "selfcare_sessions",
        session_id=name,
        customer_id=customer,
        channel_code="app",
        reason_code="bill_high",
        started_at=started,
        ended_at=None if seconds is None else started + timedelta(seconds=seconds),
        is_completed=True,
        is_escalated=False,
    )


def span_of(rng: Random, seconds: list[int]) -> timedelta:
    """One of the spans, sometimes with half a second that no window sees."""
    return timedelta(seconds=rng.choice(seconds), microseconds=500_000 * chance(rng, 20))


def no_rows() -> Tables:
    """Empty tables of what is followed."""
    return {"contact_legs": [], "selfcare_sessions": [], "sales": []}
