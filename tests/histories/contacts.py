"""The legs of random contacts: queues, outcomes, waits, transfers, callbacks."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.histories.callbacks import callback_rows
from tests.histories.centre import Mood, chance, instant
from tests.histories.followups import REASONS
from tests.histories.rows import Row, delivered_row, export_date

OUTCOMES: list[str | None] = [*["answered"] * 14, *["abandoned"] * 4]
OUTCOMES += ["callback_taken", "callback_taken", None, None, "abandoned_ringing"]
OUTCOMES += ["voicemail", "overflow_out", "system_loss"]
NO_QUEUE_OUTCOMES = ["ivr_only", "ivr_abandoned", "dissuaded", "closed"]
SPELLINGS = {
    "voice": ["Voice", "Téléphone", "Hotline", "fax"],
    "email": ["E-Mail", "COURRIEL", "Post Box"],
    "chat": ["Chat", "live", "Chatbot"],
}
"""Words for channels; `Hotline` and `Post Box` are in the list of the centre, `fax` nowhere."""
WAITS = [10, 0, 4, 5, 6, 8, 3, 20, 120, 600]


def contact_rows(rng: Random, mood: Mood, number: int) -> list[Row]:
    """Return the current rows of one contact, and of the callback that it took, if any."""
    shared: dict[str, Any] = {
        "contact_id": f"c{number}",
        "customer_id": None
        if chance(rng, mood.missing_percent["customer"])
        else f"p{rng.randint(1, mood.customer_count)}",
        "direction_code": "outbound" if chance(rng, 5) else "inbound",
        "is_test": rng.choice([None, False]) if not chance(rng, 3) else True,
        "site_id": rng.choice([None, None, "main", "far", "ghost"]),
    }
    return leg_rows(rng, mood, shared, instant(rng, mood))


def leg_rows(rng: Random, mood: Mood, said_of_all: dict[str, Any], entered: datetime) -> list[Row]:
    """Return the rows of one contact that enters at an instant, and of its callback, if any."""
    leg_number, rows = 1 + chance(rng, 5), list[Row]()
    shared = said_of_all | {"contact_started_at": entered}
    for _ in range(3):
        said = leg_values(rng, mood, entered, goes_on=chance(rng, 30))
        if not rows and chance(rng, 4):  # the first leg alone may be a test
            said["is_test"] = True
        rows.append(delivered_row("contact_legs", **shared | {"leg_number": leg_number} | said))
        if rows[-1]["outcome_code"] == "callback_taken" and chance(rng, 80):
            rows += callback_rows(rng, rows[-1])
        if said["outcome_code"] not in ("answered", "overflow_out") or not chance(rng, 35):
            break
        entered = said["ended_at"] or entered + timedelta(seconds=60)
        leg_number += 1 + chance(rng, 5)
    return rows


def leg_values(rng: Random, mood: Mood, entered: datetime, goes_on: bool) -> dict[str, Any]:
    """Return the values of one leg. A leg that goes on may be a bot's, before any queue."""
    is_late = mood.is_drifting and entered > mood.switch_at
    outcome = rng.choice(OUTCOMES)
    if is_late and outcome == "answered" and chance(rng, 25):
        outcome = "abandoned"
    queue = rng.choice(["q1", "q1", "q2", "q3", "q4", None])
    actor = rng.choice(["person", None])
    if queue is None and not chance(rng, 20):
        actor = "bot"
        outcome = "answered" if goes_on else rng.choice(NO_QUEUE_OUTCOMES)
    elif chance(rng, 2):
        actor = "bot"
    channel = "chat" if queue == "q3" else rng.choice(["voice", "voice", "email"])
    if queue in (None, "q4") and chance(rng, 30):
        channel = None
    elif chance(rng, 25):
        channel = rng.choice(SPELLINGS[channel])
    values: dict[str, Any] = {
        "queue_id": queue,
        "channel_code": channel,
        "entry_reason_code": rng.choice(["menu1", None, "menu2"]),
        "outcome_code": outcome,
        "actor_kind_code": actor,
        "entered_at": entered,
        "answered_at": None,
        "ended_at": None,
        "is_callback_offered": rng.choice([None, False, True]) or outcome == "callback_taken",
    }
    wait = rng.choice(WAITS) if not mood.is_drifting else rng.randint(0, 240)
    if outcome == "abandoned" and mood.is_drifting and chance(rng, 40):
        wait = rng.randint(0, 12)
    until = entered + timedelta(seconds=wait, microseconds=rng.choice([0, 0, 150_000, 900_000]))
    if outcome == "answered" or (outcome is None and chance(rng, 40)):
        _answer(rng, mood, values, until, is_late)
    elif outcome is not None or chance(rng, 30):
        values["ended_at"] = until
    if outcome == "abandoned" and wait == 600 and chance(rng, 30):
        values["answered_at"] = entered + timedelta(seconds=60)  # the outcome wins
    if chance(rng, mood.missing_percent["wait"]) and outcome is not None:
        values |= {"answered_at": None, "ended_at": values["ended_at"] if chance(rng, 25) else None}
        values["wait_seconds"] = wait if chance(rng, 40) else None
    if outcome == "callback_taken" and chance(rng, 50):
        values["callback_promised_at"] = until + timedelta(seconds=rng.choice([-3, 0, 5, 3_600]))
    if channel == "email" and values["answered_at"] and chance(rng, 25):
        values |= {"outcome_code": None, "ended_at": None}  # replied to, and nobody closed it
    stamp = values["ended_at"] or entered
    values["unanswered_ring_count"] = wait % 4 if wait > 4 else None
    values["updated_at"] = (
        None if chance(rng, mood.missing_percent["updated"]) else stamp + timedelta(minutes=5)
    )
    values["delivered_date"] = rng.choice([None, export_date(stamp.date())])
    return values


def _answer(
    rng: Random, mood: Mood, values: dict[str, Any], answered: datetime, is_late: bool
) -> None:
    missing = mood.missing_percent
    talk, hold, wrap_up = rng.randint(20, 600), rng.choice([0, 30, 90]), rng.choice([0, 45, 60])
    talk += 120 * is_late
    values |= {
        "answered_at": answered,
        "ended_at": answered + timedelta(seconds=talk + hold),
        "talk_seconds": None if chance(rng, missing["talk"]) else talk,
        "hold_seconds": None if chance(rng, missing["hold"]) else hold,
        "wrap_up_seconds": None if chance(rng, missing["wrap_up"]) else wrap_up,
        "is_resolved": None if chance(rng, missing["resolved"]) else chance(rng, 70),
        "reason_code": rng.choice(REASONS),
        "sent_to_channel_code": rng.choice([*[None] * 3, "app", "web_selfcare", "branch"]),
        "promoted_channel_code": rng.choice([*[None] * 3, "chat", "email", "app"]),
    }
    if chance(rng, 25):
        passed = answered + timedelta(seconds=rng.choice([59, 60, 61, 15]))
        values["transfer_kind_code"] = rng.choice(["blind", "consult", "external"])
        values["transferred_at"] = None if chance(rng, 15) else passed
        if chance(rng, 8):  # passed on, and nobody says how
            values["transfer_kind_code"] = None
    if values["actor_kind_code"] != "bot":
        agents = [f"a{number}" for number in range(1, mood.agent_count + 1)]
        values["agent_id"] = rng.choice([*agents, "a_unknown", None])
