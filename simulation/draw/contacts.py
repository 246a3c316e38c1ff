"""Contacts of a centre: first ones, those who come back, callbacks, outbound, menu only."""

import numpy as np
from numpy.typing import NDArray

from simulation.centre import PHONE, QUEUES, REASONS, SITES, Columns
from simulation.draw.arrivals import draw_arrivals
from simulation.draw.handling import QUEUE_CHANNELS, World
from simulation.draw.menus import draw_menu, menu_seconds
from simulation.draw.outgoing import callbacks, menu_only, outbound
from simulation.draw.promotions import adoptions, promote
from simulation.draw.returns import returns
from simulation.draw.staff import QUEUE_SITES
from simulation.draw.visits import chosen, follow, stacked

FIRST_SHARE, OUTBOUND_SHARE = 0.735, 0.03
ROUNDS = 4
CONTACTS_PER_CUSTOMER_WEEK = 0.04
ANONYMOUS_SHARE = 0.03
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
    promote(rng, contacts, legs)
    for more, own in (
        adopted(rng, world, contacts, legs),
        callbacks(rng, world, contacts, legs),
        outbound(rng, world, contacts, round(count * OUTBOUND_SHARE)),
    ):
        room = np.arange(min(count - len(contacts["entered"]), len(more["entered"])))
        contacts, legs = joined(contacts, legs, chosen(more, room), chosen(own, room))
    rest = menu_only(rng, world, contacts, count - len(contacts["entered"]))
    return ordered(*joined(contacts, legs, *rest))


def adopted(
    rng: np.random.Generator, world: World, contacts: Columns, legs: Columns
) -> tuple[Columns, Columns]:
    """Contacts on a promoted channel, and their legs: one each, for no such channel passes on."""
    more = adoptions(rng, world, contacts, legs)
    numbers = np.arange(len(more["entered"]))
    return more, follow(rng, world, numbers, more["queue"], more["reason"], more["entered"])[0]


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
