"""Attempts to call a random customer back."""

from datetime import timedelta
from random import Random

from tests.histories.centre import chance
from tests.histories.rows import Row, delivered_row, hashed

INSTANTS = ("entered_at", "answered_at", "ended_at")


def callback_rows(rng: Random, visit: Row) -> list[Row]:
    """Return one attempt to call back, or two: who was reached early is called once more."""
    first = callback_row(rng, visit)
    if first["entered_at"] >= visit["entered_at"] + timedelta(seconds=86_399):
        return [first]
    later = {at: first[at] and first[at] + timedelta(days=1) for at in INSTANTS}
    return [first, hashed(first | later | {"contact_id": f"{first['contact_id']}-again"})]


def callback_row(rng: Random, visit: Row) -> Row:
    """Return the attempt to call back the contact of a visit, around the end of the promise."""
    delay = rng.choice([600, 86_399, 86_400, 86_401, 100_000])
    answered = (visit["callback_promised_at"] or visit["entered_at"]) + timedelta(seconds=delay)
    is_reached, is_dated = not chance(rng, 20), not chance(rng, 15)
    return delivered_row(
        "contact_legs",
        contact_id=f"{visit['contact_id']}-back{visit['leg_number']}",
        leg_number=1,
        customer_id=visit["customer_id"],
        direction_code="inbound" if chance(rng, 10) else "outbound",
        channel_code="voice",
        queue_id=visit["queue_id"],
        site_id=visit["site_id"],
        agent_id="a1" if is_reached else None,
        outcome_code="answered" if is_reached else "abandoned",
        actor_kind_code="bot" if chance(rng, 10) else "person",
        is_test=visit["is_test"],
        entered_at=answered - timedelta(seconds=20),
        answered_at=answered if is_reached and is_dated else None,
        ended_at=answered + timedelta(seconds=100),
        talk_seconds=100 if is_reached else None,
        callback_of_contact_id=visit["contact_id"],
    )
