"""What is true across legs: wrong queues, callbacks, redials, adopted channels, work at once."""

from typing import Any

import numpy as np

from simulation.centre import (
    ABANDONED,
    ABANDONED_RINGING,
    ANSWERED,
    CALLBACK_PROMISE_SECONDS,
    CALLBACK_TAKEN,
    CHANNELS,
    EXTERNAL,
    QUEUES,
    SHORT_ABANDON_SECONDS,
    Columns,
)
from simulation.draw.facts import NEVER, last_before, timeline
from simulation.draw.presence import handled_seconds
from simulation.draw.visits import chosen
from simulation.observe.channels import channels, promotions
from simulation.observe.staffing import effective_seconds

REDIAL_SECONDS, WRONG_QUEUE_SECONDS = 60, 60


def observe_journeys(
    contacts: Columns, legs: Columns, facts: Columns, visits: Columns, as_of: int
) -> dict[str, Any]:
    """All figures of journeys; `visits` are inbound legs with a queue, tests apart."""
    handled = chosen(visits, visits["outcome"] == ANSWERED)
    moved = handled["transfer"] >= 0
    early = moved & (handled["ended"] - handled["answered"] <= WRONG_QUEUE_SECONDS)
    return {
        "transfers": {
            "handled_legs_count": len(moved),
            "transferred_count": int(moved.sum()),
            "wrong_queue_count": int(early.sum()),
            "internal_wrong_queue_count": int((early & (handled["transfer"] != EXTERNAL)).sum()),
        },
        "callbacks": callbacks(contacts, legs, facts, visits, as_of),
        "redials": redials(visits),
        "promotions": promotions(legs, facts, as_of),
        "channels": channels(legs, facts),
        "handle_seconds": {
            name: handle(chosen(handled, handled["channel"] == code))
            for code, name in enumerate(CHANNELS)
        } | {"all": handle(handled)},
    }  # fmt: skip


def handle(legs: Columns) -> dict[str, int]:
    """Handle seconds of legs with a known wrap-up, and with those spent at once counted once."""
    known = chosen(legs, legs["wrap_up_seconds"] >= 0)
    return {
        "handle_seconds": int(handled_seconds(known).sum()),
        "effective_handle_seconds": effective_seconds(known),
    }


def callbacks(
    contacts: Columns, legs: Columns, facts: Columns, visits: Columns, as_of: int
) -> dict[str, int]:
    """Callbacks offered, accepted, attempted, reached; promises run from the entry of the visit.

    `real_wait_seconds` run from the first entry of the contact to the moment it was reached.
    """
    taken = chosen(visits, visits["outcome"] == CALLBACK_TAKEN)
    source = np.where(legs["is_test"], -1, contacts["callback_of"][legs["contact"]])
    tries = np.flatnonzero(source >= 0)
    attempts = np.bincount(source[tries], minlength=len(facts["started"]))[taken["contact"]]
    answered = tries[legs["outcome"][tries] == ANSWERED]
    first = np.full(len(facts["started"]), NEVER)
    np.minimum.at(first, source[answered], legs["answered"][answered])
    reached = first[taken["contact"]]
    closed = taken["entered"] + CALLBACK_PROMISE_SECONDS <= as_of
    kept = reached <= taken["entered"] + CALLBACK_PROMISE_SECONDS
    found = reached < NEVER
    return {
        "offered_count": int((visits["is_offered"] == 1).sum()),
        "accepted_count": len(closed),
        "attempted_count": int((attempts > 0).sum()),
        "attempts_count": int(attempts.sum()),
        "attempts_of_reached_count": int(attempts[found].sum()),
        "reached_count": int(found.sum()),
        "closed_promise_count": int(closed.sum()),
        "reached_in_closed_promise_count": int((closed & kept).sum()),
        "real_wait_seconds": int((reached - facts["entered"][taken["contact"]])[found].sum()),
    }


def redials(visits: Columns) -> dict[str, int]:
    """Visits entered within 60 s after the end of an abandoned one of that customer and queue."""
    keys = np.where(visits["customer"] >= 0, visits["customer"] * len(QUEUES) + visits["queue"], -1)
    left = np.isin(visits["outcome"], (ABANDONED, ABANDONED_RINGING))
    short = (visits["outcome"] == ABANDONED) & (visits["wait_seconds"] <= SHORT_ABANDON_SECONDS)
    found = {}
    for name, which in (("redial_count", left), ("redial_after_long_count", left & ~short)):
        marks = timeline(keys[which], visits["ended"][which])
        last = last_before(marks, keys, visits["entered"])
        again = (last >= 0) & (visits["entered"] - last <= REDIAL_SECONDS)
        found[name] = int(again.sum())
    return found
