"""Who comes back: those not solved after days, those not answered after minutes or seconds."""

import numpy as np
from numpy.typing import NDArray

from simulation.centre import (
    ABANDONED,
    ABANDONED_RINGING,
    ANSWERED,
    CALLBACK_TAKEN,
    EMAIL,
    PHONE,
    QUEUES,
    SHORT_ABANDON_SECONDS,
    Columns,
)
from simulation.draw.handling import QUEUE_CHANNELS, World
from simulation.draw.menus import draw_menu, menu_seconds
from simulation.draw.visits import chosen, within

RETURN_PROBABILITY = {"unsolved": 0.65, "unanswered": 0.60, "short": 0.20}
RETURN_DAYS, REDIAL_SECONDS = 2.5, 5_400.0
QUICK_REDIAL_SHARE = 0.25
QUICK_REDIAL_SECONDS, QUICK_MENU_SECONDS = (3, 21), (8, 39)
"""A quick redial enters the queue again at most 58 seconds after its abandon."""

Ints = NDArray[np.int64]


def returns(rng: np.random.Generator, world: World, contacts: Columns, last: Columns) -> Columns:
    """Contacts of those who come back, before the end of the last week."""
    answered = last["outcome"] == ANSWERED
    short = (last["outcome"] == ABANDONED) & (last["wait_seconds"] <= SHORT_ABANDON_SECONDS)
    chance = np.select(
        [answered & last["solved"], answered, short, last["outcome"] == CALLBACK_TAKEN],
        [0.0, RETURN_PROBABILITY["unsolved"], RETURN_PROBABILITY["short"], 0.0],
        RETURN_PROBABILITY["unanswered"],
    )
    rows = np.flatnonzero(rng.random(len(chance)) < chance)
    mean = np.where(answered[rows], RETURN_DAYS * 86_400, REDIAL_SECONDS)
    pause = 20 + np.rint(rng.exponential(mean)).astype(np.int64)
    back = chosen(contacts, rows)
    menu = menu_seconds(rng, back["queue"])
    left = np.isin(last["outcome"][rows], (ABANDONED, ABANDONED_RINGING))
    left &= QUEUE_CHANNELS[back["queue"]] == PHONE
    quick = left & (rng.random(len(rows)) < QUICK_REDIAL_SHARE)
    pause = np.where(quick, rng.integers(*QUICK_REDIAL_SECONDS, len(rows)), pause)
    menu = np.where(quick, rng.integers(*QUICK_MENU_SECONDS, len(rows)), menu)
    back["entered"] = into_hours(rng, world, back["queue"], last["ended"][rows] + pause + menu)
    back["started"] = back["entered"] - menu
    back["menu"] = draw_menu(rng, back["reason"])
    return within(world, back)


def into_hours(rng: np.random.Generator, world: World, queue: Ints, instants: Ints) -> Ints:
    """Contacts of queues with hours wait for the opening, and then not all for its first second."""
    moved, horizon = instants.copy(), world.horizon
    for number, own in enumerate(QUEUES):
        rows = np.flatnonzero((queue == number) & (own.channel != EMAIL))
        closed = rows[~horizon.opened[own.calendar_code][horizon.index(instants[rows])]]
        later = rng.integers(0, 10_800, len(closed))
        moved[closed] = horizon.add_open_seconds(own.calendar_code, instants[closed], later)
    return moved
