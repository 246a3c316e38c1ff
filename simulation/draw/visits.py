"""From arrivals to legs: every first visit, its answer, and the visit that follows it."""

import numpy as np
from numpy.typing import NDArray

from simulation.centre import (
    ANSWERED,
    CHAT,
    EMAIL,
    EXTERNAL,
    LIVE,
    MESSAGING,
    OVERFLOW_OUT,
    PHONE,
    QUEUES,
    TRANSFER_KINDS,
    Columns,
)
from simulation.draw.handling import QUEUE_CHANNELS, World, handle
from simulation.draw.staff import QUEUE_SITES
from simulation.draw.waits import RING_SECONDS, expected, wait

OTHER_QUEUE = np.array([queue.other for queue in QUEUES])
EXPECTED = ("answered", "answered_in_20", "short_abandon", "abandoned", "answered_wait_seconds")

# Deferred channels: when a person first replies, by the open hours of the queue.
REPLY_SECONDS, REPLY_SIGMA = {EMAIL: 9_000.0, MESSAGING: 1_500.0}, 0.9
# Which agents pass a call on, how, and how soon: some see at once that the queue was wrong.
TRANSFER_SHARE = 0.055
TRANSFER_KIND_SHARES = (0.47, 0.43, 0.10)
WRONG_QUEUE_SHARE, WRONG_QUEUE_SECONDS = 0.30, (10, 51)
"""Of blind transfers: how many leave within these seconds of the answer, so below a minute."""
BLIND = TRANSFER_KINDS.index("blind")

Ints = NDArray[np.int64]
Chosen = NDArray[np.bool_]


def visit(
    rng: np.random.Generator, world: World, contact: Ints, queue: Ints, reason: Ints,
    entered: Ints, is_first: bool,
) -> Columns:  # fmt: skip
    """One leg per row: outcome, instants, agent, durations, with what was to be expected.

    Only first legs overflow or are transferred, so that a contact has at most two legs.
    """
    size, channel = len(queue), QUEUE_CHANNELS[queue]
    load = world.demand.load[queue, world.horizon.index(entered)]
    outcome, waited = np.zeros(size, dtype=np.int8), np.zeros(size, dtype=np.int64)
    legs: Columns = {f"expected_{name}": np.zeros(size) for name in EXPECTED}
    for live in (PHONE, CHAT):
        rows = np.flatnonzero(channel == live)
        drawn = wait(rng, live, load[rows], is_first)
        outcome[rows], waited[rows] = drawn["outcome"], drawn["wait_seconds"]
        for name, values in expected(live, load[rows], is_first).items():
            legs[f"expected_{name}"][rows] = values
    waited += reply_waits(rng, world, queue, entered)
    ended = entered + waited
    legs |= {
        "contact": contact, "queue": queue, "reason": reason, "channel": channel,
        "leg_number": np.full(size, 1 if is_first else 2), "entered": entered,
        "outcome": outcome, "wait_seconds": waited, "ended": ended,
        "answered": np.where(outcome == ANSWERED, ended, -1),
        "ring_seconds": ring_seconds(channel, waited),
        "missed_rings": np.where(channel == PHONE, rng.poisson(0.05, size), 0),
        "attempt": np.full(size, -1), "promised": np.full(size, -1),
        "promoted": np.full(size, -1),
    }  # fmt: skip
    return with_work(rng, world, legs, is_first)


def reply_waits(rng: np.random.Generator, world: World, queue: Ints, entered: Ints) -> Ints:
    """Seconds from arrival to the first reply by each deferred queue's calendar, else 0."""
    waits = np.zeros(len(queue), dtype=np.int64)
    for number, own in enumerate(QUEUES):
        if own.channel not in LIVE:
            rows = np.flatnonzero(queue == number)
            work = REPLY_SECONDS[own.channel] * np.exp(rng.normal(0, REPLY_SIGMA, len(rows)))
            replied = world.horizon.add_open_seconds(
                own.calendar_code, entered[rows], np.rint(work).astype(np.int64)
            )
            waits[rows] = replied - entered[rows]
    return waits


def ring_seconds(channel: Ints, waited: Ints) -> Ints:
    """Seconds that an agent's device rang, never more than the wait; 0 for e-mail."""
    rings = np.select([channel == PHONE, channel == CHAT], list(RING_SECONDS.values()), 0)
    return np.minimum(rings, waited)


def with_work(rng: np.random.Generator, world: World, legs: Columns, is_first: bool) -> Columns:
    """Legs with the agent's work where they were answered, -1 (or 0 expected) elsewhere."""
    size = len(legs["queue"])
    rows = np.flatnonzero(legs["answered"] >= 0)
    work = handle(rng, world, legs["queue"][rows], legs["reason"][rows], legs["answered"][rows])
    for name, values in work.items():
        missing = 0 if values.dtype.kind in "fb" else -1
        legs[name] = np.full(size, missing, dtype=values.dtype)
        legs[name][rows] = values
    legs["transfer"] = np.full(size, -1, dtype=np.int8)
    if is_first:
        pass_on(rng, legs, rows)
    legs["ended"][rows] += legs["talk_seconds"][rows] + legs["hold_seconds"][rows]
    return legs


def pass_on(rng: np.random.Generator, legs: Columns, answered: NDArray[np.int64]) -> None:
    """Write on answered first legs their `transfer`; a passed-on leg solved nothing itself."""
    phone = legs["channel"][answered] == PHONE
    moves = answered[phone & (rng.random(len(answered)) < TRANSFER_SHARE)]
    legs["transfer"][moves] = rng.choice(len(TRANSFER_KINDS), len(moves), p=TRANSFER_KIND_SHARES)
    legs["solved"][moves] = False
    blind = moves[legs["transfer"][moves] == BLIND]
    wrong = blind[rng.random(len(blind)) < WRONG_QUEUE_SHARE]
    low, high = WRONG_QUEUE_SECONDS
    legs["talk_seconds"][wrong] = rng.integers(low, high, len(wrong))
    legs["talk_mean"][wrong] = (low + high - 1) / 2
    legs["hold_seconds"][wrong] = 0
    legs["hold_mean"][wrong] = 0.0


def follow(
    rng: np.random.Generator, world: World, contact: Ints, queue: Ints, reason: Ints,
    entered: Ints,
) -> tuple[Columns, Columns]:  # fmt: skip
    """All legs of first visits, and per contact how it `ended`, its last `outcome`, `solved`."""
    first = visit(rng, world, contact, queue, reason, entered, True)
    moved = (first["transfer"] >= 0) & (first["transfer"] != EXTERNAL)
    rows = np.flatnonzero(moved | (first["outcome"] == OVERFLOW_OUT))
    second = visit(
        rng, world, contact[rows], OTHER_QUEUE[queue[rows]], reason[rows], first["ended"][rows],
        False,
    )  # fmt: skip
    last = {name: first[name].copy() for name in ("ended", "outcome", "solved", "wait_seconds")}
    for name, values in last.items():
        values[rows] = second[name]
    return stacked([first, second]), last


def stacked(parts: list[Columns]) -> Columns:
    """The rows of several tables with the same columns, one after another."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def chosen(table: Columns, rows: NDArray[np.int64] | Chosen) -> Columns:
    """Some rows of a table."""
    return {name: values[rows] for name, values in table.items()}


def within(world: World, contacts: Columns) -> Columns:
    """Contacts that enter before the end of the last week, by UTC and by the site's day."""
    horizon, entered = world.horizon, contacts["entered"]
    day = horizon.local_day[QUEUE_SITES[contacts["queue"]], horizon.index(entered)]
    last_day = horizon.first_day + 7 * horizon.weeks
    return chosen(contacts, (entered < horizon.end) & (day < last_day))
