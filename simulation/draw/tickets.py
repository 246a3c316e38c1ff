"""Tickets of contacts: first reply, resolution, re-opens with work or by thanks, open ones."""

import numpy as np
from numpy.typing import NDArray

from simulation.calendars import DAY, HOUR
from simulation.centre import LIVE, QUEUES, REASONS, Columns
from simulation.draw.facts import known_facts
from simulation.draw.handling import World
from simulation.draw.visits import chosen, stacked

LIVE_TICKET_SHARE, DEFERRED_TICKET_SHARE = 0.07, 0.40
REPLY_SECONDS, RESOLUTION_SECONDS, SIGMA = 2 * HOUR, 9 * HOUR, 0.8
"""Medians, in open seconds of the queue: to the first reply, and from it to the resolution."""
NEVER_REPLIED_SHARE, NEVER_RESOLVED_SHARE = 0.02, 0.03
REOPENED_PROBABILITY, THANKED_PROBABILITY = 0.07, 0.05
URGENT_SHARE, UNLINKED_SHARE, NO_REASON_SHARE = 0.15, 0.03, 0.02
STATUSES = ("new", "open", "pending", "solved")
ACTORS = ("person", "customer", "bot")
PRIORITIES = ("normal", "urgent")
NEW, OPEN, PENDING, SOLVED = range(len(STATUSES))
PERSON, CUSTOMER, BOT = range(len(ACTORS))
SLOW_REASONS = np.array([2.0 if r.issue_reason_code == "technical" else 1.0 for r in REASONS])

Ints = NDArray[np.int64]


def draw_tickets(
    rng: np.random.Generator, world: World, contacts: Columns, legs: Columns, limit: int
) -> tuple[Columns, Columns, Columns]:
    """Tickets as known at `limit`, their versions at creation, and the changes of their status.

    `reply`, `resolved` (first) and `solved` (last, without a later re-open) are -1 where unknown;
    `reopens` is 0 never, 1 with work, 2 by thanks: then the customer's message opens the ticket
    and a bot, not a person, solves it again.
    """
    table = opened(rng, contacts, legs)
    size = len(table["created"])
    calendar = [queue.calendar_code for queue in QUEUES]
    reply = after(rng, world, calendar, table["queue"], table["created"], REPLY_SECONDS, 1.0)
    slow = SLOW_REASONS[table["true_reason"]] / (1.0 + table["priority"])
    resolved = after(rng, world, calendar, table["queue"], reply, RESOLUTION_SECONDS, slow)
    draw = rng.random(size)
    reopens = np.where(draw < REOPENED_PROBABILITY, 1, 0)
    reopens[(draw >= 1 - THANKED_PROBABILITY)] = 2
    again = resolved + rng.integers(HOUR, 9 * DAY, size)
    thanked = again + rng.integers(60, 1_800, size)
    worked = after(rng, world, calendar, table["queue"], again, REPLY_SECONDS, 1.0)
    solved = after(rng, world, calendar, table["queue"], worked, RESOLUTION_SECONDS, slow)
    unreplied = rng.random(size) < NEVER_REPLIED_SHARE
    unresolved = unreplied | (rng.random(size) < NEVER_RESOLVED_SHARE)
    once, twice, thanks = ~unresolved, ~unresolved & (reopens == 1), ~unresolved & (reopens == 2)
    everyone = np.ones(size, dtype=bool)
    changes = stacked([
        changed(everyone, table["created"], NEW, CUSTOMER),
        changed(~unreplied, reply, OPEN, PERSON), changed(once, resolved, SOLVED, PERSON),
        changed(twice | thanks, again, OPEN, CUSTOMER), changed(twice, worked, PENDING, PERSON),
        changed(twice, solved, SOLVED, PERSON), changed(thanks, thanked, SOLVED, BOT),
    ])  # fmt: skip
    changes = chosen(changes, np.flatnonzero(changes["changed"] + 5 <= limit))
    changes = chosen(changes, np.lexsort((changes["changed"], changes["ticket"])))
    table["reply"] = known(reply, ~unreplied, limit)
    table["resolved"] = known(resolved, once, limit)
    table["reopens"] = np.where(known(again, twice | thanks, limit) >= 0, reopens, 0)
    table["again"] = known(again, twice, limit)
    table["worked"] = known(worked, twice, limit)
    return *versions(table, changes), changes | {"updated": changes["changed"] + 5}


def opened(rng: np.random.Generator, contacts: Columns, legs: Columns) -> Columns:
    """Contacts that a person answered and that opened a ticket, in order of its creation."""
    facts = known_facts(contacts, legs)
    rows = np.flatnonzero(legs["leg_number"] == 1)
    rows = rows[(facts["is_inbound"] & facts["is_answered"])[legs["contact"][rows]]]
    share = np.where(np.isin(legs["channel"][rows], LIVE), LIVE_TICKET_SHARE, DEFERRED_TICKET_SHARE)
    rows = rows[rng.random(len(rows)) < share]
    own = legs["contact"][rows]
    table = {
        "contact": np.where(rng.random(len(own)) < UNLINKED_SHARE, -1, own),
        "customer": facts["customer"][own],
        "queue": legs["queue"][rows],
        "true_reason": contacts["reason"][own], "site": facts["site"][own],
        "reason": np.where(rng.random(len(own)) < NO_REASON_SHARE, -1, contacts["reason"][own]),
        "priority": (rng.random(len(own)) < URGENT_SHARE).astype(np.int64),
        # A ticket of a call is opened while it lasts, of a letter when it comes.
        "created": np.where(
            np.isin(legs["channel"][rows], LIVE), legs["answered"][rows], legs["entered"][rows]
        ) + 1,
    }  # fmt: skip
    # A live leg that is not answered itself was passed on; its ticket is opened at its entry.
    table["created"] = np.maximum(table["created"], legs["entered"][rows] + 1)
    return chosen(table, np.argsort(table["created"], kind="stable"))


def after(
    rng: np.random.Generator, world: World, calendar: list[str], queue: Ints, instants: Ints,
    median: int, factor: float | NDArray[np.float64],
) -> Ints:  # fmt: skip
    """Instants a lognormal number of open seconds later, by the calendar of each queue."""
    work = factor * median * np.exp(rng.normal(0, SIGMA, len(queue)))
    seconds, moved = 2 + np.rint(work).astype(np.int64), instants.copy()
    for number, code in enumerate(calendar):
        rows = np.flatnonzero(queue == number)
        moved[rows] = world.horizon.add_open_seconds(code, instants[rows], seconds[rows])
    # Past the last open hour that is known, order is kept second by second.
    return np.maximum(moved, instants + 2)


def changed(which: NDArray[np.bool_], instants: Ints, status: int, actor: int) -> Columns:
    """One change of status of some tickets."""
    rows = np.flatnonzero(which)
    codes = {"status": np.full(len(rows), status), "actor": np.full(len(rows), actor)}
    return {"ticket": rows, "changed": instants[rows]} | codes


def known(instants: Ints, happens: NDArray[np.bool_], limit: int) -> Ints:
    """Instants of what happens and was recorded before the limit; -1 elsewhere."""
    return np.where(happens & (instants + 5 <= limit), instants, -1)


def versions(table: Columns, changes: Columns) -> tuple[Columns, Columns]:
    """Current tickets, with their last change; and as they were when they were created."""
    size = len(table["created"])
    last = np.zeros(size, dtype=np.int64)
    np.maximum.at(last, changes["ticket"], changes["changed"])
    final = np.flatnonzero(np.diff(changes["ticket"], append=-1))
    status = np.full(size, NEW)
    status[changes["ticket"][final]] = changes["status"][final]
    table |= {"number": np.arange(size), "updated": last + 5, "status": status}
    table["solved"] = np.where(status == SOLVED, last, -1)
    table = chosen(table, np.flatnonzero(last > 0))
    before = chosen(table, np.flatnonzero(table["status"] != NEW))
    missing = np.full(len(before["created"]), -1)
    before |= {"reply": missing, "resolved": missing, "updated": before["created"] + 5}
    return table, before
