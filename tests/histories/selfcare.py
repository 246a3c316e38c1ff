"""Cases of selfcare at the edges of its windows, each of its own customer."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.histories.calls import DAY, Tables, call, no_rows, row_of_task, span_of
from tests.histories.centre import Mood, chance
from tests.histories.rows import Row

# How a customer who was sent or served comes back: contacts that count and such that do not.
RETURNS: list[dict[str, Any]] = [
    {},
    {},
    {"outcome_code": "abandoned", "answered_at": None, "entry_reason_code": "menu1"},
    {"outcome_code": "abandoned", "answered_at": None, "entry_reason_code": "menu2"},
    {"outcome_code": None, "answered_at": None, "ended_at": None, "entry_reason_code": "menu1"},
    {"outcome_code": "ivr_only", "queue_id": None, "answered_at": None},
    {"direction_code": "outbound"},
    {"channel_code": None},
    {"reason_code": "new_line"},
    {"is_test": True},
]


def sent_case(rng: Random, mood: Mood, name: str, entered: datetime) -> Tables:
    """A contact sent to selfcare, a task that follows it or does not, and a contact after it."""
    customer = None if chance(rng, 10) else f"p-{name}"
    legs = [call(name, customer, entered, reason_code="bill_high", sent_to_channel_code="app")]
    if chance(rng, 25):
        legs.append(legs[0] | {"leg_number": 2, "entered_at": legs[0]["ended_at"]})
        legs[1] |= {"answered_at": None, "ended_at": None, "outcome_code": "answered"}
        legs[0]["customer_id"] = (
            None if chance(rng, 50) else customer
        )  # the second agent knows them
    end: datetime = legs[0]["ended_at"]
    started = end + span_of(rng, [-95, -90, -89, 0, 30, DAY - 1, DAY, DAY, DAY + 1])
    named = rng.choice([name, name, None, None, None, "another"])
    told = named == name and chance(rng, 50)
    task = row_of_task(f"s-{name}", None if chance(rng, 10) else customer, started, 60)
    task |= {"sent_by_contact_id": named, "sent_at": end - timedelta(seconds=30) if told else None}
    back = end + span_of(rng, [-30, 0, 3 * DAY, 7 * DAY - 30, 7 * DAY, 7 * DAY, 7 * DAY + 1])
    legs += [] if chance(rng, 30) else _return(rng, f"{name}-b", customer, back)
    return no_rows() | {"contact_legs": legs, "selfcare_sessions": [task]}


def task_case(rng: Random, mood: Mood, name: str, started: datetime) -> Tables:
    """A task of an hour of the day, of a site listed or not, and a contact after it."""
    customer = None if chance(rng, 10) else f"p-{name}"
    task = row_of_task(f"s-{name}", customer, started, 60)
    if chance(rng, 15):
        task["ended_at"] = None
    task |= {
        "site_id": rng.choice([None, "main", "far", "ghost"]),
        "reason_code": rng.choice(["bill_high", "bill_late", "odd", None]),
        "channel_code": rng.choice(["bot", "app", "ivr", "chat"]),
        "is_completed": rng.choice([True, True, True, False, None]),
        "is_escalated": rng.choice([False, False, False, True, None]),
        "contact_id": f"{name}-b" if chance(rng, 10) else None,
    }
    span = span_of(rng, [30, 60, 59, 60 + 7 * DAY, 60 + 7 * DAY, 61 + 7 * DAY, 4 * DAY])
    legs = [] if chance(rng, 40) else _return(rng, f"{name}-b", customer, started + span)
    return no_rows() | {"contact_legs": legs, "selfcare_sessions": [task]}


def lost_task_case(rng: Random, mood: Mood, name: str, started: datetime) -> Tables:
    """A task without an end."""
    return no_rows() | {"selfcare_sessions": [row_of_task(f"s-{name}", name, started, None)]}


def _return(rng: Random, contact: str, customer: str | None, entered: datetime) -> list[Row]:
    said = {"reason_code": rng.choice(["bill_high", "bill_late"])} | rng.choice(RETURNS)
    if said.get("outcome_code", "answered") != "answered":
        said["reason_code"] = None
    legs = [call(contact, customer, entered, **said)]
    if chance(rng, 15):  # a voice menu before it, which does not tell what was chosen
        menu = {"queue_id": None, "agent_id": None, "outcome_code": "ivr_only"}
        legs.append(legs[0] | {"leg_number": 2})
        legs[0] |= menu | {"entry_reason_code": None, "reason_code": None}
    return legs
