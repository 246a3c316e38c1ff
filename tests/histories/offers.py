"""Cases of promotions and sales at the edges of their windows, each of its own customer."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from tests.histories.calls import DAY, Tables, call, no_rows, row_of_task, span_of
from tests.histories.centre import Mood, chance
from tests.histories.rows import Row, delivered_row


def promotion_case(rng: Random, mood: Mood, name: str, entered: datetime) -> Tables:
    """A contact with or without a proposal, and uses of the channel before and after it."""
    customer = None if chance(rng, 10) else f"p-{name}"
    reason = rng.choice(["move_house", "new_line"])
    promoted = rng.choice(["chat", "chat", "chat", "email", "voice", "app", None, None])
    legs = [call(name, customer, entered, reason_code=reason, promoted_channel_code=promoted)]
    legs[0]["channel_code"] = rng.choice(["voice", "voice", "voice", "voice", "chat", None])
    spans = [30 * DAY, 30 * DAY, 30 * DAY + 1, 0, 1, 9 * DAY, 9 * DAY]
    spans += [-90 * DAY, -90 * DAY - 1, -1] if chance(rng, 50) else []
    tasks = list[Row]()
    for place in range(rng.choice([0, 1, 1, 1, 2])):
        at = entered + span_of(rng, spans)
        said = {"reason_code": reason if not chance(rng, 20) else "bill_high"}
        said["channel_code"] = rng.choice(["chat", promoted or "chat"])
        if chance(rng, 40):
            tasks.append(row_of_task(f"s-{name}-{place}", customer, at, 60) | said)
        else:
            legs.append(call(f"{name}-{place}", customer, at, queue_id="q3", **said))
    return no_rows() | {"contact_legs": legs, "selfcare_sessions": tasks}


def sale_case(rng: Random, mood: Mood, name: str, entered: datetime) -> Tables:
    """Contacts of a customer with two agents, and sales that belong to one of them or to none."""
    customer = None if chance(rng, 10) else f"p-{name}"
    said = {"reason_code": rng.choice(["move_house", "new_line"]), "agent_id": "a1"}
    legs = [call(name, customer, entered, **said)]
    other = entered + span_of(rng, [0, 0, 1, DAY])
    changed = rng.choice([{}, {"agent_id": "a2"}, {"direction_code": "outbound"}])
    legs.append(call(f"{name}-o", customer, other, **said | changed))
    if chance(rng, 30):  # passed on: the contact is the second agent's; clocks may disagree
        passed_at = rng.choice([legs[0]["ended_at"], entered - timedelta(seconds=1)])
        legs.append(call(name, customer, passed_at, **said | {"agent_id": "a2"}))
        legs[-1]["leg_number"] = 2
    sales = list[Row]()
    for place in range(rng.choice([1, 1, 2])):
        sold = entered + span_of(rng, [0, DAY, DAY, DAY + 1, -1, 600])
        gone = span_of(rng, [14 * DAY, 14 * DAY, 14 * DAY + 1, 0, 60])
        row = delivered_row(
            "sales",
            sale_id=f"v-{name}-{place}",
            contact_id=rng.choice([name, None, None, None, f"{name}-gone"]),
            customer_id=None if chance(rng, 10) else customer,
            agent_id=rng.choice(["a1", "a1", "a2", None]),
            product_code="option",
            sold_at=sold,
            cancelled_at=sold + gone if chance(rng, 50) else None,
            sale_amount=rng.choice([Decimal("10.01"), Decimal("250.00"), None]),
        )
        sales.append(row)
    return no_rows() | {"contact_legs": legs, "sales": sales}
