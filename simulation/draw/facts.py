"""What is known of each contact once its legs are put together, and sequences of one customer."""

import numpy as np
from numpy.typing import NDArray

from simulation.centre import (
    ABANDONED,
    ANSWERED,
    DISSUADED,
    ISSUES,
    IVR_ABANDONED,
    SHORT_ABANDON_SECONDS,
    Columns,
)
from simulation.draw.menus import ISSUE_OF
from simulation.draw.staff import QUEUE_SITES

NEVER = np.int64(1) << 40

Ints = NDArray[np.int64]
Chosen = NDArray[np.bool_]


def known_facts(contacts: Columns, legs: Columns) -> Columns:
    """One row per contact, from the current versions of its legs; -1 is missing.

    `reason` is the last declared one, `issue` its issue reason, or that of the menu where none
    was declared. `ended` is the latest known end, else the latest entry. `is_inbound` leaves test
    contacts out. `is_answered`: a person answered. `is_asked`: it has a leg in a queue that has
    ended and is more than a short abandon. `is_menu`: it wanted a person and ended before any
    queue.
    """
    size, own, outcome = len(contacts["queue"]), legs["contact"], legs["outcome"]
    queued = legs["queue"] >= 0
    short = (outcome == ABANDONED) & (legs["wait_seconds"] <= SHORT_ABANDON_SECONDS)
    rows = np.flatnonzero(legs["declared"] >= 0)
    reason = np.full(size, -1)
    # Legs are in order of their number, so that the last declaration is the one that stays.
    reason[own[rows]] = legs["declared"][rows] - len(ISSUES)
    ended = np.zeros(size, dtype=np.int64)
    np.maximum.at(ended, own, np.maximum(legs["ended"], legs["entered"]))
    is_test = marked(size, own[legs["is_test"]])
    entered = np.full(size, NEVER)
    np.minimum.at(entered, own, legs["entered"])
    # Dissuaded, closed and given up in the menu lie next to each other.
    in_menu = (outcome >= DISSUADED) & (outcome <= IVR_ABANDONED)
    return {
        "started": contacts["started"], "entered": entered, "ended": ended,
        "customer": contacts["customer"], "site": QUEUE_SITES[contacts["queue"]],
        "reason": reason, "issue": np.where(reason >= 0, ISSUE_OF[reason], contacts["menu"]),
        "is_test": is_test, "is_inbound": (contacts["direction"] == 0) & ~is_test,
        "is_answered": marked(size, own[outcome == ANSWERED]),
        "is_asked": marked(size, own[queued & ~short & (outcome >= 0)]),
        "is_menu": marked(size, own[in_menu]),
    }  # fmt: skip


def marked(size: int, members: Ints) -> Chosen:
    """True for the members, of so many."""
    found = np.zeros(size, dtype=bool)
    found[members] = True
    return found


def issue_keys(customer: Ints, issue: Ints) -> Ints:
    """One number per customer and issue reason; -1 where one of them is unknown."""
    return np.where((customer >= 0) & (issue >= 0), customer * len(ISSUES) + issue, -1)


def timeline(keys: Ints, instants: Ints) -> Ints:
    """Sorted marks of the instants of known keys, as `next_after` and `last_before` read them."""
    return np.sort((keys << 32 | instants)[keys >= 0])


def next_after(marks: Ints, keys: Ints, instants: Ints) -> Ints:
    """The first instant of the same key after each given one; NEVER where there is none."""
    place = np.searchsorted(marks, keys << 32 | instants, side="right")
    found = np.append(marks, -1)[place]
    return np.where((keys >= 0) & (found >> 32 == keys), found & 0xFFFF_FFFF, NEVER)


def last_before(marks: Ints, keys: Ints, instants: Ints) -> Ints:
    """The last instant of the same key before each given one; -1 where there is none."""
    place = np.searchsorted(marks, keys << 32 | instants, side="left")
    found = np.append(np.int64(-1), marks)[place]
    return np.where((keys >= 0) & (found >> 32 == keys), found & 0xFFFF_FFFF, -1)
