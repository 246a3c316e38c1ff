"""Cases at the edges of issues and tickets, each of a customer of its own."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.histories.centre import Mood, chance, instant
from tests.histories.rows import Row, delivered_row, hashed

DAY = 86_400
Tables = dict[str, list[Row]]
# Around the windows of a repeat and the silences that end an issue, some a second off.
EDGES = [0, 1, DAY, 3 * DAY, 7 * DAY - 1, 7 * DAY, 7 * DAY, 7 * DAY + 1, 14 * DAY, 30 * DAY - 1]
EDGES += [30 * DAY, 30 * DAY, 30 * DAY + 1, 45 * DAY, 45 * DAY + 1]
GONE: dict[str, Any] = {"outcome_code": "abandoned", "answered_at": None, "reason_code": None}
# What a customer may do next about one matter, from a call that is answered to one that is none.
STEPS: list[dict[str, Any]] = [
    {},
    {},
    {},
    GONE,
    GONE | {"entry_reason_code": "menu2"},
    GONE | {"outcome_code": "voicemail"},
    GONE | {"outcome_code": "ivr_only", "queue_id": None},
    GONE | {"outcome_code": None, "ended_at": None},
    {"direction_code": "outbound"},
    {"callback_of_contact_id": "any"},
    {"is_test": True},
    {"actor_kind_code": "bot"},
    {"reason_code": "new_line"},
    {"reason_code": None, "entry_reason_code": None},
    {"reason_code": None},
    {"talk_seconds": None},
    {"channel_code": "email", "is_resolved": False},
    {"channel_code": None, "is_resolved": True},
]
# Status and actor of each change, and whether it comes at an edge of the window of re-opening.
LIVES = [
    ["solved person", "open customer !"],
    ["solved person", "open customer !", "solved person"],
    ["solved person", "open customer !", "closed bot"],
    ["solved person", "open customer", "closed bot", "open person !"],
    ["open person", "Solved bot", "pending bot !", "open person"],
    ["solved person", "closed bot", "open customer !", "pending person", "closed person"],
    ["solved bot", "open person !", "solved person", "open customer"],
    ["open bot"],
    [],
]


def issue_tables(rng: Random, mood: Mood, count: int) -> Tables:
    """Return so many issues and lone tickets at any instant, as rows by table."""
    tables = _no_rows()
    for number in range(count):
        _extend(tables, issue_case(rng, f"is{number}", instant(rng, mood)))
        _extend(tables, ticket_case(rng, f"ti{number}", instant(rng, mood), None))
    return tables


def closing_issues(rng: Random, as_of: datetime) -> Tables:
    """Return issues and tickets whose windows or targets end at `as_of`, or a second off it."""
    tables = _no_rows()
    for place, days in enumerate((7, 7, 30, 30)):
        ended = as_of - timedelta(days=days, seconds=rng.choice([-1, 0, 0, 1]))
        name = f"closing{place}"
        call = call_row(name, f"p-{name}", ended - timedelta(seconds=100))
        tables["contact_legs"].append(call)
        solved = row_of_ticket(f"t-{name}", ended - timedelta(seconds=60), resolved_at=ended)
        tables["tickets"].append(solved)
        tables["ticket_changes"].append(change_row(f"t-{name}", ended, "solved", "person"))
    for place, seconds in enumerate((600, 700, 3_600, DAY, 7 * DAY)):
        for late in (-1, 0, 1):
            created = as_of - timedelta(seconds=seconds + late)
            priority = rng.choice(["high", None])
            name = f"t-open{place}{late}"
            tables["tickets"].append(row_of_ticket(name, created, priority_code=priority))
    return {name: [hashed(row) for row in rows] for name, rows in tables.items()}


def issue_case(rng: Random, name: str, entered: datetime) -> Tables:
    """A chain of contacts of one customer, at edges of what was before, and tickets of some."""
    tables = _no_rows()
    customer = None if chance(rng, 5) else f"p-{name}"
    starts, ends = [entered], [entered + timedelta(seconds=100)]
    for place in range(rng.choice([1, 2, 2, 3, 4, 5])):
        if place > 0:
            # From the first end (windows), the last one (silences), or in the middle of a call.
            bases = [ends[0], ends[0], max(ends), max(ends), starts[-1]]
            base = rng.choice(bases)
            span = EDGES if base != starts[-1] else [0, 0, 50, 99]
            starts.append(base + _span(rng, span))
            ends.append(starts[-1] + timedelta(seconds=100))
        contact = f"{name}-{rng.choice('abc')}{place}"
        said = rng.choice(STEPS) if not (place == 0 and chance(rng, 70)) else {}
        leg = call_row(contact, customer, starts[-1]) | said
        if leg["outcome_code"] == "abandoned":
            leg["ended_at"] = starts[-1] + timedelta(seconds=rng.choice([2, 30, 100]))
        tables["contact_legs"].append(leg)
        if chance(rng, 40):
            # Sometimes the matter has a ticket of an earlier date than the issue.
            created = starts[0] - timedelta(days=9) if chance(rng, 20) else ends[-1]
            _extend(tables, ticket_case(rng, contact, created, contact))
    return tables


def ticket_case(rng: Random, name: str, created: datetime, contact: str | None) -> Tables:
    """A ticket with the changes of its life, and the versions that tell where it lay."""
    tables = _no_rows()
    at, ticket, resolved = created, f"t-{name}", list[datetime]()
    for said in rng.choice(LIVES):
        status, actor, *edge = said.split()
        if edge and resolved:
            at = resolved[0] + _span(rng, [7 * DAY - 1, 7 * DAY, 7 * DAY, 7 * DAY + 1])
        else:
            at += timedelta(seconds=rng.choice([60, 599, 3_600, DAY, 8 * DAY]))
        row = change_row(ticket, at, status, actor)
        if at == created + timedelta(seconds=60) and chance(rng, 20):
            row["changed_at"] = created - timedelta(seconds=1)
        tables["ticket_changes"].append(row)
        resolved += [at] if status.lower() in ("solved", "closed") else []
    told = rng.choice([*resolved[:1], *resolved[:1], *resolved, None])
    if not tables["ticket_changes"] and chance(rng, 60):
        told = created + timedelta(seconds=rng.choice([0, 600, 601, DAY, DAY + 1]))
    queues = ["q1", "q1", "q2", "q2", "q3", "q4", None]
    row = row_of_ticket(
        ticket,
        created,
        contact_id=rng.choice([contact, contact, contact, None, f"{name}-gone"]),
        queue_id=rng.choice(queues),
        reason_code=rng.choice(["bill_high", "bill_late", "move_house", "odd", None]),
        priority_code=rng.choice(["high", "low", None]),
        first_human_reply_at=rng.choice([None, created, created + timedelta(seconds=599)]),
        resolved_at=told,
        updated_at=rng.choice([None, at, at]),
    )
    tables["tickets"].append(row)
    # Where it lay before: dated before its creation, during its life, or at one instant twice.
    for _ in range(rng.choice([0, 0, 1, 2])):
        since = created + timedelta(seconds=rng.choice([-60, 0, 300, 300, 3_600, DAY]))
        moved = {"queue_id": rng.choice(queues), "updated_at": since, "resolved_at": None}
        tables["tickets"].append(row | moved)
    return tables


def call_row(contact: str, customer: str | None, entered: datetime) -> Row:
    """A call about a high bill, answered after 10 s and over after 100 s."""
    return delivered_row(
        "contact_legs",
        contact_id=contact,
        leg_number=1,
        customer_id=customer,
        direction_code="inbound",
        channel_code="voice",
        queue_id="q1",
        entry_reason_code="menu1",
        reason_code="bill_high",
        agent_id="a1",
        outcome_code="answered",
        entered_at=entered,
        answered_at=entered + timedelta(seconds=10),
        ended_at=entered + timedelta(seconds=100),
        talk_seconds=80,
        hold_seconds=10,
        wrap_up_seconds=5,
    )


def row_of_ticket(ticket: str, created: datetime, **said: Any) -> Row:
    """A ticket of queue q2 about a high bill."""
    values: dict[str, Any] = {"queue_id": "q2", "reason_code": "bill_high"}
    return delivered_row("tickets", ticket_id=ticket, created_at=created, **values | said)


def change_row(ticket: str, at: datetime, status: str, actor: str) -> Row:
    """A change of a ticket's status by a person, a bot or the customer."""
    return delivered_row(
        "ticket_changes",
        ticket_id=ticket,
        changed_at=at,
        status_code=status,
        actor_kind_code=actor,
    )


def _span(rng: Random, seconds: list[int]) -> timedelta:
    return timedelta(seconds=rng.choice(seconds), microseconds=500_000 * chance(rng, 10))


def _no_rows() -> Tables:
    return {"contact_legs": [], "tickets": [], "ticket_changes": []}


def _extend(tables: Tables, found: Tables) -> None:
    for name, rows in found.items():
        tables[name] += [hashed(row) for row in rows]
