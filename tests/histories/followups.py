"""What follows a random contact: sessions, sales, tickets; often exactly at the end of a window."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from tests.histories.centre import Mood, chance
from tests.histories.deliveries import redelivered
from tests.histories.rows import Row, delivered_row, hashed

DAY = 86_400
# Around every window of the KPIs: exactly, a second before, a second after.
EDGES = [0, 1, 59, 60, 61, DAY - 1, DAY, DAY + 1, 3 * DAY, 7 * DAY - 1, 7 * DAY, 7 * DAY + 1]
EDGES += [14 * DAY, 14 * DAY + 1, 30 * DAY - 1, 30 * DAY, 30 * DAY + 1, 45 * DAY, 7 * DAY]
REASONS = ["bill_high", "bill_late", "bill_high", "move_house", "new_line", "odd", None]


def edge(rng: Random) -> timedelta:
    """Return a span at an edge, sometimes with a part of a second, which no window sees."""
    return timedelta(seconds=rng.choice(EDGES), microseconds=500_000 * chance(rng, 15))


def updated(rng: Random, mood: Mood, at: datetime) -> datetime | None:
    """Return when a row was updated, none where the feed does not say."""
    return None if chance(rng, mood.missing_percent["updated"]) else at


def session_rows(rng: Random, mood: Mood, leg: Row, contact: str) -> list[Row]:
    """Return deliveries of one task of a contact's customer: before, during or after it."""
    if not chance(rng, 40):
        return []
    end: datetime = leg["ended_at"] or leg["entered_at"]
    kind = rng.randint(0, 3)
    # Escalated, sent by the agent, long before the contact, or with no thought of it.
    entered: datetime = leg["entered_at"]
    started = entered - timedelta(seconds=120)
    ended: datetime | None = entered
    if kind == 1:
        started = end + edge(rng)
        ended = None if chance(rng, 30) else started + timedelta(seconds=90)
    elif kind == 2:
        ended = entered - edge(rng)
        started = ended - timedelta(seconds=30)
    elif kind == 3:
        ended = started + timedelta(seconds=90)
    row = delivered_row(
        "selfcare_sessions",
        session_id=f"s-{contact}",
        customer_id=None if chance(rng, mood.rare_percent) else leg["customer_id"],
        channel_code=rng.choice(["bot", "app", "ivr", "web"]),
        reason_code=leg["reason_code"] or rng.choice(REASONS),
        site_id=rng.choice([None, "main", "far"]),
        started_at=started,
        ended_at=ended,
        is_completed=None if chance(rng, mood.rare_percent) else kind > 0 and chance(rng, 70),
        is_escalated=None if chance(rng, mood.rare_percent) else kind == 0,
        contact_id=contact if kind == 0 and not chance(rng, 25) else None,
        sent_by_contact_id=contact if kind == 1 and chance(rng, 60) else None,
        sent_at=end if kind == 1 else None,
        updated_at=updated(rng, mood, max(started, ended or started)),
    )
    return redelivered(rng, mood, row, [{"is_completed": True}, {"is_escalated": True}])


def sale_rows(rng: Random, mood: Mood, leg: Row, contact: str) -> list[Row]:
    """Return deliveries of up to two sales, linked or to be joined by customer and agent."""
    rows: list[Row] = []
    while len(rows) < 3 and chance(rng, 30):
        sold = leg["entered_at"] + timedelta(seconds=rng.choice([30, DAY - 1, DAY, DAY + 1]))
        row = delivered_row(
            "sales",
            sale_id=f"v-{contact}-{len(rows)}",
            contact_id=rng.choice([contact, None, None, f"{contact}-gone"]),
            customer_id=leg["customer_id"],
            agent_id=leg["agent_id"],
            product_code="option",
            sold_at=sold,
            cancelled_at=sold + edge(rng) if chance(rng, 40) else None,
            sale_amount=rng.choice([Decimal("19.90"), Decimal("0.00"), Decimal("5.05"), None]),
            updated_at=updated(rng, mood, sold),
        )
        rows += redelivered(rng, mood, row, [{"cancelled_at": None}, {"sale_amount": Decimal(7)}])
    return rows


def ticket_rows(rng: Random, mood: Mood, leg: Row, contact: str) -> tuple[list[Row], list[Row]]:
    """Return deliveries of (tickets, ticket_changes) of a contact; both may be empty."""
    if not chance(rng, 35):
        return [], []
    created = leg["ended_at"] or leg["entered_at"]
    at, changes = created, list[Row]()
    # From thanks that only re-open to work that is done twice; a feed may know no changes at all.
    kinds = [[], ["open person", "solved person"], ["open bot"]]
    kinds.append(["open person", "solved person", "open customer", "solved person"])
    kinds.append(["solved person", "open customer", "pending person", "closed bot"])
    kinds.append(["solved person", "open person", "solved person", "open customer"])
    kinds.append(["solved person", "closed bot", "open customer", "pending person"])
    resolved = None
    for said in rng.choice(kinds):
        status, actor = said.split()
        at += max(edge(rng), timedelta(seconds=1))
        row = delivered_row(
            "ticket_changes",
            ticket_id=f"t-{contact}",
            changed_at=at,
            status_code=status,
            actor_kind_code=actor if not chance(rng, 10) else None,
            updated_at=updated(rng, mood, at),
        )
        changes += redelivered(rng, mood, row, [{"actor_kind_code": "bot"}])
        if status in ("solved", "closed"):
            resolved = resolved or at
    if not changes and chance(rng, 50):
        resolved = created + edge(rng)
    replied = created + edge(rng)
    row = delivered_row(
        "tickets",
        ticket_id=f"t-{contact}",
        contact_id=rng.choice([contact, contact, None]),
        customer_id=leg["customer_id"],
        queue_id=rng.choice(["q1", "q2", "q4", None]),
        reason_code=leg["reason_code"] or rng.choice(REASONS),
        priority_code=rng.choice(["high", "low", None]),
        created_at=created,
        first_human_reply_at=None if chance(rng, mood.rare_percent) else replied,
        resolved_at=resolved if not chance(rng, 10) else None,
        updated_at=updated(rng, mood, at),
    )
    rows = redelivered(rng, mood, row, [{"priority_code": "high"}, {"queue_id": "q2"}])
    if row["updated_at"] is not None and chance(rng, 30):  # it lay elsewhere until it moved
        elsewhere = {"queue_id": rng.choice(["q1", "q2"]), "resolved_at": None}
        since = created + timedelta(seconds=rng.choice([0, 300, DAY]))
        rows.append(hashed(row | elsewhere | {"updated_at": min(since, row["updated_at"])}))
    return rows, changes
