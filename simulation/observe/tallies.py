"""Counts and sums of some legs, and distributions of answers: the grains of `observed`."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.centre import (
    ABANDONED,
    ABANDONED_RINGING,
    ANSWER_WINDOW_SECONDS,
    ANSWERED,
    LIVE,
    LOST_RECORD_SECONDS,
    OUTCOMES,
    SERVICE_LEVEL_SECONDS,
    SHORT_ABANDON_SECONDS,
    SYSTEM_LOSS,
    TRANSFER_KINDS,
    Columns,
)
from simulation.draw.surveys import ANSWER_TEXTS, QUESTIONS
from simulation.draw.visits import chosen

TALLIED = (
    "outcome", "wait_seconds", "entered", "talk_seconds", "hold_seconds", "wrap_up_seconds",
    "transfer", "channel",
)  # fmt: skip


def tally(legs: Columns, as_of: int) -> dict[str, int]:
    """Counts and sums of seconds of some inbound legs with a queue."""
    outcome, waits = legs["outcome"], legs["wait_seconds"]
    short = (outcome == ABANDONED) & (waits <= SHORT_ABANDON_SECONDS)
    pending = outcome < 0
    # An open mail is open work, however old.
    lost = pending & np.isin(legs["channel"], LIVE)
    lost &= legs["entered"] + LOST_RECORD_SECONDS <= as_of
    answered, offered = outcome == ANSWERED, ~short & ~pending
    handled = answered & (legs["wrap_up_seconds"] >= 0)
    work = {name: legs[name][handled] for name in TALLIED if name.endswith("seconds")}
    handle = work["talk_seconds"] + work["hold_seconds"] + work["wrap_up_seconds"]
    found: dict[str, Any] = {
        "received_count": len(outcome),
        "offered_count": offered.sum(),
        "answered_count": answered.sum(),
        "short_abandon_count": short.sum(),
        "abandoned_count": (outcome == ABANDONED).sum() - short.sum(),
    }
    for code in range(ABANDONED_RINGING, SYSTEM_LOSS + 1):
        found[f"{OUTCOMES[code]}_count"] = (outcome == code).sum()
    found |= {
        "lost_record_count": lost.sum(),
        "in_progress_count": (pending & ~lost).sum(),
        "answered_in_20_count": (answered & (waits <= SERVICE_LEVEL_SECONDS)).sum(),
        "answered_wait_seconds": waits[answered].sum(),
        "offered_wait_seconds": waits[offered].sum(),
        "known_talk_seconds": legs["talk_seconds"][answered].sum(),
        "known_hold_seconds": legs["hold_seconds"][answered].sum(),
        "handled_count": handled.sum(),
        "talk_seconds": work["talk_seconds"].sum(),
        "hold_seconds": work["hold_seconds"].sum(),
        "wrap_up_seconds": work["wrap_up_seconds"].sum(),
        "handle_seconds": handle.sum(),
        "handle_seconds_squares": (handle**2).sum(),
    }
    for code, name in enumerate(TRANSFER_KINDS):
        found[f"transfer_{name}_count"] = (legs["transfer"] == code).sum()
    return {name: int(value) for name, value in found.items()}


def tallies(
    legs: Columns, keys: NDArray[np.int64], names: dict[int, str], as_of: int
) -> dict[str, dict[str, int]]:
    """A tally per member, by its name."""
    order = np.argsort(keys, kind="stable")
    low, high = (np.searchsorted(keys[order], list(names), side) for side in ("left", "right"))
    return {
        name: tally({column: legs[column][order[first:last]] for column in TALLIED}, as_of)
        for name, first, last in zip(names.values(), low, high, strict=True)
    }


def observe_surveys(invitations: Columns, answers: Columns) -> dict[str, Any]:
    """Invitations, responses and distributions of answers by question.

    `in_time` holds answers whose current version came within 14 days of sending; those of complete
    responses count.
    """
    in_time = answers["updated"] <= (
        invitations["sent"][answers["invitation"]] + ANSWER_WINDOW_SECONDS
    )
    responses = np.unique(answers["invitation"])
    complete = np.unique(answers["invitation"][answers["is_complete"]])
    return {
        "invitations_count": len(invitations["sent"]),
        "sent_count": int((invitations["sent"] >= 0).sum()),
        "suppressed_count": int((invitations["sent"] < 0).sum()),
        "delivered_count": int((invitations["delivered"] >= 0).sum()),
        "responses_count": len(responses),
        "complete_responses_count": len(complete),
        "answers_count": len(answers["question"]),
        "distributions": distributions(answers),
        "distributions_in_time": distributions(chosen(answers, in_time)),
        "distributions_counted": distributions(chosen(answers, in_time & answers["is_complete"])),
    }


def distributions(answers: Columns) -> dict[str, dict[str, int]]:
    """How often each text was given, by question."""
    found: dict[str, dict[str, int]] = {}
    for number, question in enumerate(QUESTIONS):
        counts = np.bincount(
            answers["answer"][answers["question"] == number], minlength=len(ANSWER_TEXTS)
        )
        found[question] = {
            text: int(count) for text, count in zip(ANSWER_TEXTS, counts, strict=True) if count
        }
    return found
