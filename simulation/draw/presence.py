"""Agent days: states that fit the legs an agent handled, and days on which they were missing."""

import numpy as np
from numpy.typing import NDArray

from simulation.calendars import weekdays
from simulation.centre import Columns
from simulation.draw.handling import World

OCCUPANCY, IDLE_SIGMA = 0.78, 0.15
"""Idle seconds are busy seconds x (1 / occupancy - 1) x a lognormal factor of mean 1."""
PAUSED_SHARE, OTHER_SHARE = (0.04, 0.12), 0.015
HALF_HOUR, FULL_DAY_SECONDS, LONGEST_DAY_SECONDS = 1_800, 25_200, 80_000
ABSENT_PROBABILITY, LATE_PROBABILITY = 0.05, 0.04
CELL = 1 << 20

Ints = NDArray[np.int64]


def handled_seconds(legs: Columns) -> Ints:
    """Talk, hold and wrap-up of answered legs; an unknown wrap-up adds nothing."""
    return legs["talk_seconds"] + legs["hold_seconds"] + np.maximum(legs["wrap_up_seconds"], 0)


def worked_legs(legs: Columns) -> Ints:
    """Row numbers of legs that an agent handled, tests included: they took the agent's time."""
    return np.flatnonzero(legs["agent"] >= 0)


def cells(world: World, agent: Ints, day: Ints) -> Ints:
    """One number per agent and local day."""
    return agent * CELL + (day - world.horizon.first_day)


def draw_presence(rng: np.random.Generator, world: World, legs: Columns, limit: int) -> Columns:
    """Agent days that were over, at the agent's site, an hour or more before `limit`."""
    rows = worked_legs(legs)
    cell, place = np.unique(
        cells(world, legs["agent"][rows], legs["day"][rows]), return_inverse=True
    )
    busy = np.bincount(place, weights=handled_seconds(legs)[rows]).astype(np.int64)
    absent = absent_cells(rng, world, cell)
    cell = np.concatenate([cell, absent])
    busy = np.concatenate([busy, np.zeros(len(absent), dtype=np.int64)])
    agent, day = cell // CELL, cell % CELL + world.horizon.first_day
    days = {"agent": agent, "day": day, **states(rng, busy), "site": world.staff.pool[agent] // 2}
    midnight = world.horizon.midnight(days["site"], day + 1)
    days["updated"] = midnight + rng.integers(3_600, 7_200, len(day))
    keep = np.flatnonzero(days["updated"] <= limit)
    keep = keep[np.argsort(cell[keep])]
    return {name: values[keep] for name, values in days.items()}


def absent_cells(rng: np.random.Generator, world: World, worked: Ints) -> Ints:
    """Planned days from Monday to Friday on which an agent did not work at all."""
    staff, first = world.staff, world.horizon.first_day
    day = np.arange(first, first + 7 * world.horizon.weeks)
    agent = np.arange(len(staff.pool))[:, None]
    planned = (staff.hired[:, None] <= day) & (day <= staff.left[:, None]) & (weekdays(day) < 5)
    planned &= rng.random(planned.shape) < ABSENT_PROBABILITY
    return np.setdiff1d(cells(world, agent, day)[planned], worked)


def states(rng: np.random.Generator, busy: Ints) -> Columns:
    """Seconds of each state; a day without work was planned and missed."""
    size, works = len(busy), busy > 0
    noise = np.exp(rng.normal(-(IDLE_SIGMA**2) / 2, IDLE_SIGMA, size))
    idle = np.rint(busy * (1 / OCCUPANCY - 1) * noise).astype(np.int64)
    idle = np.minimum(idle, np.maximum(LONGEST_DAY_SECONDS - busy, 0))
    paused = np.rint((busy + idle) * rng.uniform(*PAUSED_SHARE, size)).astype(np.int64)
    paused = np.minimum(paused, np.maximum(LONGEST_DAY_SECONDS - busy - idle, 0))
    # Ringing and after-call switching: neither busy, nor idle, nor paused.
    other = np.rint(busy * OTHER_SHARE).astype(np.int64)
    logged_in = np.minimum(busy + idle + paused + other, 86_400)
    planned = np.minimum(-(-logged_in // HALF_HOUR) * HALF_HOUR, 86_400)
    late = (rng.random(size) < LATE_PROBABILITY) & (planned <= 14 * 3_600)
    absent = np.where(late, rng.integers(1, 5, size) * HALF_HOUR, 0)
    planned = np.where(works, planned + absent, FULL_DAY_SECONDS)
    absent = np.where(works, absent, FULL_DAY_SECONDS)
    return {
        "logged_in_seconds": logged_in, "idle_seconds": idle, "paused_seconds": paused,
        "paid_seconds": planned - absent, "planned_seconds": planned, "absent_seconds": absent,
    }  # fmt: skip
