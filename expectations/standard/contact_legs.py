"""The door of contact legs: closed codes, possible durations, instants in their order."""

from typing import Any

from expectations import channels
from expectations.rules import (
    at_most_a_day,
    closed_set,
    in_order,
    known_share,
    not_negative,
    possible_wait,
    some_rows,
    within,
)

OUTCOMES = (
    "answered", "abandoned", "abandoned_ringing", "callback_taken", "voicemail", "overflow_out",
    "system_loss", "dissuaded", "closed", "ivr_abandoned", "ivr_only",
)  # fmt: skip


LISTS = (channels.KINDS, channels.WORDS)


def view(relation: str) -> str:
    """The candidates with a verdict about their waits."""
    return channels.view(relation)


def suite() -> list[Any]:
    """Rows that contradict themselves are refused; missing knowledge is only reported.

    `ended_at` may follow `answered_at` by days on deferred channels, so the length of a leg is
    judged by its measured seconds, never by the difference of its instants.
    """
    return [
        some_rows(),
        closed_set("direction_code", ("inbound", "outbound")),
        closed_set("outcome_code", OUTCOMES),
        closed_set("actor_kind_code", ("person", "bot")),
        closed_set("transfer_kind_code", ("blind", "consult", "external")),
        closed_set("sentiment_code", ("positive", "neutral", "negative")),
        within("leg_number", 1, None, "E_NUMBER", "1 or more"),
        within("callback_attempt_number", 1, None, "E_NUMBER", "1 or more"),
        within("sentiment_score", 0, 100, "E_SCALE", "0 to 100"),
        not_negative("unanswered_ring_count"),
        possible_wait(),
        at_most_a_day("talk_seconds"),
        at_most_a_day("hold_seconds"),
        at_most_a_day("wrap_up_seconds"),
        at_most_a_day("ring_seconds"),
        in_order("contact_started_at", "entered_at"),
        in_order("entered_at", "answered_at"),
        in_order("entered_at", "ended_at"),
        in_order("answered_at", "ended_at"),
        known_share("customer_id", 0.5),
        known_share("outcome_code", 0.95),
        known_share("queue_id", 0.5),
    ]
