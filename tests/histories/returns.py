"""Contacts by which a random customer comes back."""

from random import Random

from tests.histories.centre import Mood, chance
from tests.histories.contacts import leg_rows
from tests.histories.followups import edge
from tests.histories.rows import Row, hashed


def return_rows(rng: Random, mood: Mood, rows: list[Row], contact: str) -> list[Row]:
    """Return the rows of a contact by which a customer comes back, often at an edge of a window.

    It begins so long after the latest end of the first one, or at its very start, and mostly for
    the same reason and queue.
    """
    rows = [row for row in rows if row["contact_id"] == rows[0]["contact_id"]]
    end = max(row["ended_at"] or row["entered_at"] for row in rows)
    entered = end + edge(rng) if not chance(rng, 5) else rows[0]["entered_at"]
    columns = ("customer_id", "is_test", "site_id")
    shared = {column: rows[0][column] for column in columns}
    shared |= {"contact_id": contact, "direction_code": "inbound"}
    legs = leg_rows(rng, mood, shared, entered)
    if chance(rng, 80):
        reason = rows[-1]["reason_code"] or rows[0]["reason_code"]
        # Nobody declares the reason of an abandoned contact: the menu tells it.
        menu = "menu1" if reason in ("bill_high", "bill_late") else rows[0]["entry_reason_code"]
        for place, leg in enumerate(legs):
            is_answered = leg["outcome_code"] == "answered"
            said = {"reason_code": reason if is_answered else leg["reason_code"]}
            legs[place] = hashed(leg | said | {"entry_reason_code": menu})
        is_queue = rows[0]["queue_id"] is not None and legs[0]["queue_id"] is not None
        if is_queue and chance(rng, 70):
            legs[0] = hashed(legs[0] | {"queue_id": rows[0]["queue_id"]})
    return legs
