"""A random history whose data end with its contacts: full last weeks, open promises."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tests.histories.history import History, seeded_history
from tests.histories.rows import Row, delivered_row, hashed
from tests.oracle.visits.counts import reconciliation
from tests.oracle.world import judged_world

KEPT = ("contact_legs", "agents", "agent_days", "control_totals")


def recent_history(seed: int, contacts: int) -> History:
    """A history without what follows long after the contacts: its last weeks are full of them.

    A half hour of a Tuesday has more handled visits than the workload asks for, and promises of
    the last day are open.
    """
    history = seeded_history(seed, contacts)
    tables = {name: rows if name in KEPT else [] for name, rows in history.tables.items()}
    days = sorted(row["work_date"] for row in tables["agent_days"])
    end = datetime.combine(days[-1], datetime.min.time())
    noon = end + timedelta(hours=12)
    late = {row["contact_id"] for row in tables["contact_legs"] if row["entered_at"] > end}
    kept = [row for row in tables["contact_legs"] if row["contact_id"] not in late]
    tuesday = end - timedelta(days=end.weekday() + 6, hours=-9)
    tables["contact_legs"] = kept + rush_rows(tuesday) + chat_rows(tuesday) + last_rows(noon)
    ends = [row[at] for row in kept for at in ("ended_at", "updated_at") if row[at] is not None]
    left = visit("left", max([end + timedelta(days=1), *ends]), "q2", 50, None)
    tables["contact_legs"].append(left | {"customer_id": "p2"})
    found = replace(history, tables=tables, as_of=None)
    tables["control_totals"] += total_rows(found)
    return found


def total_rows(history: History) -> list[Row]:
    """Return what the switch counted: what we did; some figures are one more or are not told.

    Some are of a day before the first visit, and of a source whose visits are not delivered.
    """
    world = judged_world(history.tables, history.lists, history.zone, history.site)
    ours = sorted(
        (key[2:], row["delivered_count"])
        for key, row in reconciliation(world).items()
        if key[4] in ("offered", "answered", "abandoned") and row["delivered_count"] > 0
    )
    rows = [
        delivered_row(
            "control_totals",
            checked_source_code="standard",
            queue_id=queue,
            measured_date=day,
            measure_code=measure,
            measured_count=count + (place % 20 == 0),
        )
        for place, ((queue, day, measure), count) in enumerate(ours)
        if place % 3 or count > 4
    ]
    before = min(row["measured_date"] for row in rows) - timedelta(days=400)
    apart: list[Row] = [
        {"measure_code": "voicemail", "measured_count": 0},
        {"measured_date": before, "measured_count": 9},
        {"checked_source_code": "other", "measured_count": 7},
    ]
    return rows + [hashed(rows[0] | said) for said in apart]


def rush_rows(start: datetime) -> list[Row]:
    """Return forty visits of one half hour: 32 answered, the others left after 5 to 40 seconds."""
    return [
        visit(f"rush{number}", start + timedelta(seconds=40 * number), "q1", 5 * number % 60)
        for number in range(32)
    ] + [
        visit(f"left{number}", start + timedelta(seconds=200 * number), "q1", 5 + 5 * number, None)
        for number in range(8)
    ]


def chat_rows(start: datetime) -> list[Row]:
    """Return chats of one agent beside a call of theirs: up to three contacts at once."""
    begun = {"one": (0, "chat"), "two": (50, "chat"), "call": (100, "voice"), "late": (900, "chat")}
    return [
        visit(f"chat_{name}", start + timedelta(days=1, seconds=seconds), "q3", 7, 200)
        | {"channel_code": channel}
        for name, (seconds, channel) in begun.items()
    ]


def last_rows(end: datetime) -> list[Row]:
    """Return visits whose windows are open at the end: a callback, a mail, a young redial."""
    said: dict[str, Any] = {"direction_code": "inbound", "queue_id": "q2", "leg_number": 1}
    taken = said | {"contact_id": "promised", "channel_code": "voice", "entered_at": end}
    taken |= {"outcome_code": "callback_taken", "ended_at": end + timedelta(seconds=30)}
    mail = said | {"contact_id": "mail", "channel_code": "email", "entered_at": end}
    old = mail | {"contact_id": "old", "entered_at": end - timedelta(days=9)}
    gone = visit("gone", end + timedelta(seconds=100), "q2", 50, None)
    return [
        *(delivered_row("contact_legs", **row) for row in (taken, mail, old)),
        gone | {"customer_id": "p1"},
        visit("again", end + timedelta(seconds=170), "q2", 3) | {"customer_id": "p1"},
    ]


def visit(contact: str, entered: datetime, queue: str, wait: int, talk: int | None = 300) -> Row:
    """Return a visit answered, or left where it has no talk, after so many seconds."""
    until = entered + timedelta(seconds=wait)
    said: dict[str, Any] = {"outcome_code": "abandoned", "ended_at": until}
    if talk is not None:
        said = {"outcome_code": "answered", "answered_at": until, "talk_seconds": talk}
        said |= {"hold_seconds": 20, "wrap_up_seconds": wait, "agent_id": "a1"}
        said |= {"ended_at": until + timedelta(seconds=talk + 20)}
    return delivered_row(
        "contact_legs",
        contact_id=contact,
        leg_number=1,
        direction_code="inbound",
        channel_code="voice",
        queue_id=queue,
        entered_at=entered,
        **said,
    )
