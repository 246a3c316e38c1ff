"""Exact counts and sums over the current versions of what was delivered.

Tests compare a warehouse with these without tolerance. Test contacts are in no figure here but
`current_legs_count`.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.calendars import EPOCH
from simulation.centre import (
    ANSWERED,
    CALLBACK_PROMISE_SECONDS,
    CALLBACK_TAKEN,
    CHANNELS,
    DISSUADED,
    IVR_ABANDONED,
    IVR_ONLY,
    OUTCOMES,
    QUEUES,
    SITES,
    TEAMS,
    Columns,
)
from simulation.draw.facts import marked
from simulation.draw.handling import World
from simulation.draw.visits import chosen
from simulation.observe.tallies import tallies, tally


def demand(contacts: Columns, legs: Columns) -> Columns:
    """Inbound legs of customers (no tests, no outbound, no callbacks), with `day` of entry."""
    is_inbound = contacts["direction"][legs["contact"]] == 0
    return chosen(legs, is_inbound & ~legs["is_test"])


def entry_days(world: World, legs: Columns) -> NDArray[np.int64]:
    """Local day of entry by the site of the demand, in days since 1970-01-01."""
    return world.horizon.local_day[legs["home_site"], world.horizon.index(legs["entered"])]


def observe_legs(world: World, contacts: Columns, legs: Columns, as_of: int) -> dict[str, Any]:
    """All figures of contacts and legs; `by_team` holds answered legs only."""
    inbound = demand(contacts, legs)
    visits = chosen(inbound, inbound["queue"] >= 0)
    days, answered = entry_days(world, visits), visits["outcome"] == ANSWERED
    answered_visits = chosen(visits, answered)
    teams = world.staff.team_on(answered_visits["agent"], days[answered])
    day_names = {
        int(day): (EPOCH + timedelta(days=int(day))).isoformat() for day in np.unique(days)
    }
    return {
        "as_of": str(np.datetime64(as_of, "s")),
        "contacts_count": len(contacts["started"]),
        "test_contacts_count": len(np.unique(legs["contact"][legs["is_test"]])),
        "current_legs_count": len(legs["contact"]),
        "visits": tally(visits, as_of),
        "by_queue": tallies(visits, visits["queue"], numbered(q.queue_id for q in QUEUES), as_of),
        "by_channel": tallies(visits, visits["channel"], numbered(CHANNELS), as_of),
        "by_site": tallies(visits, visits["home_site"], numbered(s.site_id for s in SITES), as_of),
        "by_team": tallies(answered_visits, teams, numbered(t.team_id for t in TEAMS), as_of),
        "by_date": tallies(visits, days, day_names, as_of),
        "outside_queues": outside_queues(contacts, legs, inbound),
        "contacts": contact_counts(inbound),
        "callback_reached_in_promise_count": reached_in_promise(contacts, legs, visits),
        "declarations": declarations(inbound),
    }


def numbered(ids: Iterable[str]) -> dict[int, str]:
    """Ids by their number."""
    return dict(enumerate(ids))


def outside_queues(contacts: Columns, legs: Columns, inbound: Columns) -> dict[str, int]:
    """Legs that are no visits: those of the menu, outbound calls, callback attempts."""
    found = {
        f"{OUTCOMES[code]}_count": int((inbound["outcome"] == code).sum())
        for code in range(DISSUADED, IVR_ONLY + 1)
    }
    own, real = legs["contact"], ~legs["is_test"]
    calls_back = (contacts["callback_of"][own] >= 0) & real
    outbound = (contacts["direction"][own] == 1) & real & ~calls_back
    return found | {
        "outbound_count": int(outbound.sum()),
        "callback_attempt_count": int(calls_back.sum()),
        "callback_answered_count": int((calls_back & (legs["outcome"] == ANSWERED)).sum()),
    }


def contact_counts(inbound: Columns) -> dict[str, int]:
    """Inbound contacts, those answered, and those that arrived wanting a person (and ended)."""
    outcome, contact = inbound["outcome"], inbound["contact"]
    size = int(contact.max(initial=-1)) + 1
    inside, pending, served, answered, moved = (
        marked(size, contact[which])
        for which in (
            outcome == outcome, outcome < 0, outcome == IVR_ONLY, outcome == ANSWERED,
            (inbound["transfer"] >= 0) & (inbound["transfer"] < 2),
        )
    )  # fmt: skip
    return {
        "inbound_contacts_count": int(inside.sum()),
        "answered_contacts_count": int(answered.sum()),
        "arrived_contacts_count": int((inside & ~pending & ~served).sum()),
        "transferred_contacts_count": int(moved.sum()),
        "menu_abandoned_count": int((outcome == IVR_ABANDONED).sum()),
    }


def reached_in_promise(contacts: Columns, legs: Columns, visits: Columns) -> int:
    """Accepted callbacks whose customer was reached within a day of entering the queue."""
    source = contacts["callback_of"][legs["contact"]]
    rows = (source >= 0) & (legs["outcome"] == ANSWERED) & ~legs["is_test"]
    reached = np.full(len(contacts["started"]), np.iinfo(np.int64).max)
    np.minimum.at(reached, source[rows], legs["answered"][rows])
    taken = chosen(visits, visits["outcome"] == CALLBACK_TAKEN)
    return int((reached[taken["contact"]] <= taken["entered"] + CALLBACK_PROMISE_SECONDS).sum())


def declarations(inbound: Columns) -> dict[str, int]:
    """Answered contacts with a declaration on their last declaring leg, and those resolved."""
    rows = np.flatnonzero(inbound["resolved"] >= 0)
    last = rows[np.flatnonzero(np.diff(inbound["contact"][rows], append=-1))]
    return {
        "declared_contacts_count": len(last),
        "declared_resolved_contacts_count": int(inbound["resolved"][last].sum()),
    }
