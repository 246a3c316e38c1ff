"""What is true of self-service sessions and of the legs that sent customers to them."""

from typing import Any

import numpy as np

from simulation.calendars import DAY, OPENING
from simulation.centre import ANSWERED, ISSUES, SITES, Columns
from simulation.draw.facts import issue_keys, next_after, timeline
from simulation.draw.handling import World
from simulation.draw.menus import ISSUE_OF
from simulation.draw.records import IS_SELFCARE
from simulation.draw.selfcare import SESSION_CHANNELS
from simulation.draw.visits import chosen

WINDOW_SECONDS, START_SECONDS = 7 * DAY, DAY
LIVE_CALENDARS = [
    next(code for code, (own, _, _) in OPENING.items() if own == site and code.endswith("_live"))
    for site in range(len(SITES))
]


def observe_sessions(
    world: World, facts: Columns, legs: Columns, sessions: Columns, as_of: int
) -> dict[str, Any]:
    """Sessions by channel and in all, and legs sent to self-service.

    A human contact is an inbound one that asked for a person in a queue. `followable` sessions
    have a known customer and reason and ended seven days or more before `as_of`; `resolved` ones
    were completed and no human contact of the customer and issue reason started in these days.
    """
    asked = facts["is_inbound"] & facts["is_asked"]
    marks = timeline(
        np.where(asked, issue_keys(facts["customer"], facts["issue"]), -1), facts["started"]
    )
    issue = np.where(sessions["reason"] >= 0, ISSUE_OF[sessions["reason"]], -1)
    keys = issue_keys(sessions["customer"], issue)
    ended = sessions["ended"]
    followable = (keys >= 0) & (ended >= 0) & (ended + WINDOW_SECONDS <= as_of)
    # A contact in the very second of the end is a later one.
    again = next_after(marks, keys, np.maximum(ended, 1) - 1) - ended <= WINDOW_SECONDS
    table = sessions | {
        "followable": followable,
        "resolved": followable & (sessions["completed"] == 1) & ~again,
        "outside": outside_hours(world, sessions),
    }
    return counted(table) | {
        "by_channel": {
            name: counted(chosen(table, table["channel"] == code))
            for code, name in enumerate(SESSION_CHANNELS)
        },
        "human_contacts_count": int(asked.sum()),
        "sent_legs": observe_sent(facts, legs, sessions, marks, as_of),
    }


def outside_hours(world: World, sessions: Columns) -> np.ndarray:
    """Sessions that began while the live queues of their site, else of the default, were closed."""
    hour = world.horizon.index(sessions["started"])
    opened = np.stack([world.horizon.opened[code] for code in LIVE_CALENDARS])
    return ~opened[np.maximum(sessions["site"], 0), hour]


def counted(table: Columns) -> dict[str, int]:
    """Counts of some sessions."""
    return {
        "started_count": len(table["started"]),
        "escalated_count": int((table["escalated"] == 1).sum()),
        "linked_count": int((table["contact"] >= 0).sum()),
        "contained_count": int((table["escalated"] != 1).sum()),
        "completed_count": int((table["completed"] == 1).sum()),
        "followable_count": int(table["followable"].sum()),
        "resolved_in_7_days_count": int(table["resolved"].sum()),
        "outside_opening_hours_count": int(table["outside"].sum()),
        "sent_by_agent_count": int((table["sent_by"] >= 0).sum()),
    }


def observe_sent(
    facts: Columns, legs: Columns, sessions: Columns, marks: np.ndarray, as_of: int
) -> dict[str, int]:
    """Handled inbound legs of eligible declared reasons, those sent, started, and with success.

    `started`: known customer, sent a day before `as_of`, and a session of that contact began within
    that day. `followable`: known customer, sent seven days before `as_of`; `successful`: started,
    and no human contact of the customer and issue reason began in the seven days after.
    """
    own, reason = legs["contact"], legs["declared"] - len(ISSUES)
    handled = (legs["outcome"] == ANSWERED) & facts["is_inbound"][own]
    eligible = handled & (legs["declared"] >= 0) & IS_SELFCARE[reason]
    sent = handled & (legs["sent_to"] >= 0)
    first = np.full(len(facts["started"]), -1)
    rows = np.flatnonzero(sessions["sent_by"] >= 0)[::-1]
    first[sessions["sent_by"][rows]] = sessions["started"][rows]
    sent_of = sent & eligible
    started = sent_of & (first[own] >= 0) & (first[own] - legs["ended"] <= START_SECONDS)
    keys = issue_keys(facts["customer"], facts["issue"])[own]
    known = facts["customer"][own] >= 0
    started &= known & (legs["ended"] + START_SECONDS <= as_of)
    followable = sent_of & (keys >= 0) & (legs["ended"] + WINDOW_SECONDS <= as_of)
    again = next_after(marks, keys, legs["ended"]) - legs["ended"] <= WINDOW_SECONDS
    return {
        "eligible_count": int(eligible.sum()),
        "sent_count": int(sent.sum()),
        "sent_of_eligible_count": int(sent_of.sum()),
        "started_in_24_hours_count": int(started.sum()),
        "followable_count": int(followable.sum()),
        "successful_count": int((followable & started & ~again).sum()),
    }
