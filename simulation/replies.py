"""Deferred channels: when a person first replies, by the open hours of the queue."""

import numpy as np
from numpy.typing import NDArray

from simulation.centre import EMAIL, LIVE, MESSAGING, QUEUES
from simulation.handling import World

REPLY_SECONDS, REPLY_SIGMA = {EMAIL: 9_000.0, MESSAGING: 1_500.0}, 0.9

Ints = NDArray[np.int64]


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
