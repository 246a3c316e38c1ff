"""What is true of channels: promoted and adopted ones, mixes, and digital customers."""

from typing import Any

import numpy as np

from simulation.calendars import DAY
from simulation.centre import ANSWERED, CHANNELS, ISSUES, PHONE, Columns
from simulation.draw.facts import issue_keys, last_before, next_after, timeline
from simulation.draw.menus import ISSUE_OF
from simulation.draw.promotions import IS_PROMOTION

ADOPTION_SECONDS, HABIT_SECONDS = 30 * DAY, 90 * DAY


def promotions(legs: Columns, facts: Columns, as_of: int) -> dict[str, int]:
    """Handled inbound legs that proposed another channel, and the customers who then used it.

    Legs count whose declared reason foresees it. A use is an inbound contact of the customer whose
    first leg is on the channel. `followable`: known customer, contact started 30 days or more
    before `as_of`, no use for any reason in the 90 days before it; `adopted`: a use for the same
    issue reason started within 30 days of that start.
    """
    own, size = legs["contact"], len(facts["started"])
    channel = np.full(size, -1)
    channel[own[::-1]] = legs["channel"][::-1]
    key = issue_keys(facts["customer"], facts["issue"])
    inbound, customer = facts["is_inbound"], facts["customer"]
    uses = np.where((key >= 0) & inbound, key * len(CHANNELS) + channel, -1)
    marks = timeline(uses, facts["started"])
    habits = np.where((customer >= 0) & inbound, customer * len(CHANNELS) + channel, -1)
    rows = np.flatnonzero(
        (legs["promoted"] >= 0)
        & (legs["outcome"] == ANSWERED)
        & inbound[own]
        & (legs["declared"] >= 0)
        & IS_PROMOTION[legs["declared"] - len(ISSUES)]
    )
    contact, promoted = own[rows], legs["promoted"][rows]
    issue = ISSUE_OF[legs["declared"][rows] - len(ISSUES)]
    asked = issue_keys(customer[contact], issue)
    wanted = np.where(asked >= 0, asked * len(CHANNELS) + promoted, -1)
    started = facts["started"][contact]
    owned = np.where(customer[contact] >= 0, customer[contact] * len(CHANNELS) + promoted, -1)
    last = last_before(timeline(habits, facts["started"]), owned, started)
    is_habit = (last >= 0) & (started - last <= HABIT_SECONDS)
    followable = (wanted >= 0) & ~is_habit & (started + ADOPTION_SECONDS <= as_of)
    adopted = followable & (next_after(marks, wanted, started) - started <= ADOPTION_SECONDS)
    return {
        "promoted_count": len(rows),
        "habit_count": int(((wanted >= 0) & is_habit).sum()),
        "followable_count": int(followable.sum()),
        "adopted_count": int(adopted.sum()),
    }


def channels(legs: Columns, facts: Columns) -> dict[str, Any]:
    """Inbound contacts by the channel of their first leg, and customers with a digital one."""
    first = np.full(len(facts["started"]), -1)
    first[legs["contact"][::-1]] = legs["channel"][::-1]
    inbound = facts["is_inbound"]
    known = inbound & (facts["customer"] >= 0)
    return {
        "contacts_by_first_channel": {
            name: int((inbound & (first == code)).sum()) for code, name in enumerate(CHANNELS)
        },
        "customers_count": distinct(facts["customer"][known]),
        "digital_customers_count": distinct(facts["customer"][known & (first != PHONE)]),
    }


def distinct(customers: np.ndarray) -> int:
    """How many different customers."""
    return int(np.count_nonzero(np.bincount(customers)))
