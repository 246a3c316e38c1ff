"""Contacts of a centre: first ones, those who come back, callbacks, outbound, menu only."""

import numpy as np
from numpy.typing import NDArray

from simulation.arrivals import draw_arrivals
from simulation.centre import (
    ABANDONED,
    ANSWERED,
    CALLBACK_TAKEN,
    EMAIL,
    PHONE,
    QUEUES,
    REASONS,
    SHORT_ABANDON_SECONDS,
    SITES,
    Columns,
)
from simulation.handling import QUEUE_CHANNELS, World
from simulation.menus import draw_menu, menu_seconds
from simulation.outgoing import callbacks, menu_only, outbound
from simulation.staff import QUEUE_SITES
from simulation.visits import chosen, follow, stacked, within

FIRST_SHARE, OUTBOUND_SHARE = 0.745, 0.03
ROUNDS = 4
CONTACTS_PER_CUSTOMER_WEEK = 0.04
ANONYMOUS_SHARE = 0.03
RETURN_PROBABILITY = {"unsolved": 0.65, "unanswered": 0.60, "short": 0.20}
RETURN_DAYS, REDIAL_SECONDS = 2.5, 5_400.0
SHARES = np.array([reason.share for reason in REASONS])
IS_TECHNICAL = np.array([reason.issue_reason_code == "technical" for reason in REASONS])

Ints = NDArray[np.int64]


def draw_contacts(rng: np.random.Generator, world: World, count: int) -> tuple[Columns, Columns]:
    """Exactly `count` contacts in order of start, and their legs by contact and leg number.

    First contacts are a fixed share; who comes back and who is called back follows from them;
    contacts that end in the menu fill up to `count`.
    """
    todo = first_contacts(rng, world, max(1, round(count * FIRST_SHARE)))
    parts: list[Columns] = []
    visits: list[Columns] = []
    offset = 0
    for _ in range(ROUNDS):
        todo = chosen(todo, np.arange(min(count - offset, len(todo["entered"]))))
        numbers = offset + np.arange(len(todo["entered"]))
        legs, last = follow(rng, world, numbers, todo["queue"], todo["reason"], todo["entered"])
        parts.append(todo)
        visits.append(legs)
        offset += len(numbers)
        todo = returns(rng, world, todo, last)
    contacts, legs = stacked(parts), stacked(visits)
    for more, own in (
        callbacks(rng, world, contacts, legs),
        outbound(rng, world, contacts, round(count * OUTBOUND_SHARE)),
    ):
        room = np.arange(min(count - len(contacts["entered"]), len(more["entered"])))
        contacts, legs = joined(contacts, legs, chosen(more, room), chosen(own, room))
    rest = menu_only(rng, world, contacts, count - len(contacts["entered"]))
    return ordered(*joined(contacts, legs, *rest))


def joined(
    contacts: Columns, legs: Columns, more: Columns, own: Columns
) -> tuple[Columns, Columns]:
    """Contacts and legs with others, of one leg each, after them."""
    numbers = len(contacts["entered"]) + np.arange(len(more["entered"]))
    return stacked([contacts, more]), stacked([legs, own | {"contact": numbers}])


def ordered(contacts: Columns, legs: Columns) -> tuple[Columns, Columns]:
    """Contacts numbered by their start, and legs by contact and leg number."""
    order = np.lexsort((contacts["entered"], contacts["started"]))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    contacts = chosen(contacts, order)
    source = contacts["callback_of"]
    contacts["callback_of"] = np.where(source >= 0, number[source], -1)
    legs["contact"] = number[legs["contact"]]
    return contacts, chosen(legs, np.lexsort((legs["leg_number"], legs["contact"])))


def first_contacts(rng: np.random.Generator, world: World, size: int) -> Columns:
    """Inbound contacts that are nobody's repeat."""
    queue, entered = draw_arrivals(rng, world.horizon, world.demand.shares, size)
    is_technical = np.array([q.is_technical for q in QUEUES])
    is_phone = QUEUE_CHANNELS == PHONE
    reason = np.zeros(size, dtype=np.int64)
    for kind, weights in (
        (is_phone & ~is_technical, np.where(IS_TECHNICAL, 0.15, 1.0)),
        (is_phone & is_technical, np.where(IS_TECHNICAL, 1.0, 0.08)),
        (~is_phone, np.ones(len(REASONS))),
    ):
        rows = np.flatnonzero(kind[queue])
        reason[rows] = rng.choice(
            len(REASONS), len(rows), p=SHARES * weights / (SHARES * weights).sum()
        )
    return people(rng, world, queue, reason, entered)


def people(
    rng: np.random.Generator, world: World, queue: Ints, reason: Ints, entered: Ints
) -> Columns:
    """Contacts of drawn customers; a customer calls one site, 3 % are not recognised."""
    size, sites = len(queue), len(SITES)
    pool = max(60, round(size / (CONTACTS_PER_CUSTOMER_WEEK * world.horizon.weeks)))
    customer = np.floor(rng.random(size) ** 1.2 * (pool // sites)).astype(np.int64) * sites
    customer += QUEUE_SITES[queue] + 1
    customer[rng.random(size) < ANONYMOUS_SHARE] = -1
    return {
        "queue": queue, "reason": reason, "entered": entered, "customer": customer,
        "menu": draw_menu(rng, reason), "started": entered - menu_seconds(rng, queue),
        "direction": np.zeros(size, dtype=np.int8), "callback_of": np.full(size, -1),
    }  # fmt: skip


def returns(rng: np.random.Generator, world: World, contacts: Columns, last: Columns) -> Columns:
    """Contacts of those who come back: not solved after days, not answered after minutes."""
    answered = last["outcome"] == ANSWERED
    short = (last["outcome"] == ABANDONED) & (last["wait_seconds"] <= SHORT_ABANDON_SECONDS)
    chance = np.select(
        [answered & last["solved"], answered, short, last["outcome"] == CALLBACK_TAKEN],
        [0.0, RETURN_PROBABILITY["unsolved"], RETURN_PROBABILITY["short"], 0.0],
        RETURN_PROBABILITY["unanswered"],
    )
    rows = np.flatnonzero(rng.random(len(chance)) < chance)
    mean = np.where(answered[rows], RETURN_DAYS * 86_400, REDIAL_SECONDS)
    again = last["ended"][rows] + 20 + np.rint(rng.exponential(mean)).astype(np.int64)
    back = chosen(contacts, rows)
    menu = menu_seconds(rng, back["queue"])
    back["entered"] = into_hours(rng, world, back["queue"], again + menu)
    back["started"] = back["entered"] - menu
    back["menu"] = draw_menu(rng, back["reason"])
    return within(world, back)


def into_hours(rng: np.random.Generator, world: World, queue: Ints, instants: Ints) -> Ints:
    """Live contacts wait for the opening, and then not all for its first second."""
    moved, horizon = instants.copy(), world.horizon
    for number, own in enumerate(QUEUES):
        rows = np.flatnonzero((queue == number) & (own.channel != EMAIL))
        closed = rows[~horizon.opened[own.calendar_code][horizon.index(instants[rows])]]
        later = rng.integers(0, 10_800, len(closed))
        moved[closed] = horizon.add_open_seconds(own.calendar_code, instants[closed], later)
    return moved
