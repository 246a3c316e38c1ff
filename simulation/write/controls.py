"""What the switch itself counts: it agrees with the legs, but for one queue on one day."""

import numpy as np
from numpy.typing import NDArray

from simulation.centre import ABANDONED, ABANDONED_RINGING, ANSWERED, LIVE, QUEUES, Columns
from simulation.centre import SHORT_ABANDON_SECONDS as SHORT
from simulation.draw.handling import World
from simulation.draw.staff import QUEUE_SITES

MEASURES = ("received", "offered", "answered", "abandoned")
MISSING_SHARE = 0.03
"""Of the answered contacts of the planted queue and day: the feed lost them without a trace."""
CELL = 1 << 20

Ints = NDArray[np.int64]


def draw_controls(
    rng: np.random.Generator, world: World, visits: Columns, days: Ints, limit: int
) -> tuple[Columns, Columns]:
    """Totals per live queue, local day of entry and measure, of days over before `limit`.

    `visits` are inbound legs with a queue, tests apart. `received` is all of them, `offered` those
    that ended and are no short abandons, `abandoned` the longer ones, ringing included. Returns
    the totals, and the rows of the planted discrepancy with what the feed `counted`.
    """
    rows = np.flatnonzero(np.isin(visits["channel"], LIVE))
    outcome = visits["outcome"][rows]
    short = (outcome == ABANDONED) & (visits["wait_seconds"][rows] <= SHORT)
    first = world.horizon.first_day
    cell, place = np.unique(
        visits["queue"][rows].astype(np.int64) * CELL + days[rows] - first, return_inverse=True
    )
    counted = np.stack([
        np.bincount(place, weights=which, minlength=len(cell)) for which in (
            np.ones(len(rows)), (outcome >= 0) & ~short, outcome == ANSWERED,
            ((outcome == ABANDONED) & ~short) | (outcome == ABANDONED_RINGING),
        )
    ], axis=1).astype(np.int64)  # fmt: skip
    queue, day = cell // CELL, cell % CELL + first
    updated = world.horizon.midnight(QUEUE_SITES[queue], day + 1)
    updated += rng.integers(3_600, 7_200, len(queue))
    keep = np.flatnonzero(updated <= limit)
    totals = counted.copy()
    if len(keep):
        planted = keep[np.argmax(counted[keep, 0])]
        totals[planted, :3] += max(3, round(MISSING_SHARE * counted[planted, 2]))
    table = {
        "queue": np.repeat(queue[keep], len(MEASURES)), "day": np.repeat(day[keep], len(MEASURES)),
        "measure": np.tile(np.arange(len(MEASURES)), len(keep)),
        "count": totals[keep].ravel(), "counted": counted[keep].ravel(),
        "updated": np.repeat(updated[keep], len(MEASURES)),
    }  # fmt: skip
    apart = np.flatnonzero(table["count"] != table["counted"])
    return table, {name: values[apart] for name, values in table.items()}


def discrepancy(apart: Columns) -> dict[str, object] | None:
    """The planted discrepancy in words, or None where no day was over."""
    if not len(apart["queue"]):
        return None
    return {
        "queue_id": QUEUES[int(apart["queue"][0])].queue_id,
        "measured_date": str(np.datetime64(int(apart["day"][0]), "D")),
        "measures": {
            MEASURES[int(measure)]: {"switch_count": int(said), "feed_count": int(counted)}
            for measure, said, counted in zip(
                apart["measure"], apart["count"], apart["counted"], strict=True
            )
        },
    }
