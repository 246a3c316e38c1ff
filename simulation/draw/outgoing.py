"""Contacts that no queue received: callbacks, calls to customers, and those of the menu alone."""

import numpy as np
from numpy.typing import NDArray

from simulation.centre import (
    ABANDONED,
    ANSWERED,
    CALLBACK_TAKEN,
    CLOSED,
    DISSUADED,
    IVR_ABANDONED,
    IVR_ONLY,
    PHONE,
    QUEUES,
    REASONS,
    Columns,
)
from simulation.draw.arrivals import draw_arrivals, normalised
from simulation.draw.handling import QUEUE_CHANNELS, World
from simulation.draw.menus import draw_menu
from simulation.draw.visits import EXPECTED, chosen, stacked, with_work, within

REACHED_SHARE, CALLBACK_WORK_SECONDS = 0.8, 5_400.0
OUTBOUND_REACHED_SHARE = 0.6
MENU_OUTCOMES, MENU_SHARES = (IVR_ONLY, IVR_ABANDONED, DISSUADED, CLOSED), (0.55, 0.2, 0.1, 0.15)
MENU_SECONDS = (70.0, 35.0, 15.0, 20.0)

Ints = NDArray[np.int64]


def callbacks(
    rng: np.random.Generator, world: World, contacts: Columns, legs: Columns
) -> tuple[Columns, Columns]:
    """A first attempt for each callback that was taken, and a second if it did not reach.

    Writes on the legs that took one when it was promised, which is when they left the queue.
    """
    rows = np.flatnonzero(legs["outcome"] == CALLBACK_TAKEN)
    legs["promised"][rows] = legs["ended"][rows]
    taken = chosen(contacts, legs["contact"][rows])
    taken["callback_of"], taken["queue"] = legs["contact"][rows], legs["queue"][rows]
    instants, attempts = legs["ended"][rows], []
    for number in (1, 2):
        reached = rng.random(len(instants)) < REACHED_SHARE
        taken |= {
            "entered": later(rng, world, taken["queue"], instants),
            "attempt": np.full(len(instants), number),
            "reached": reached,
        }
        attempts.append(taken)
        instants = taken["entered"][~reached] + 60
        taken = chosen(taken, ~reached)
    return called(rng, world, within(world, stacked(attempts)), True)


def later(rng: np.random.Generator, world: World, queue: Ints, instants: Ints) -> Ints:
    """When an agent finds time, by the calendar of each queue."""
    moved = instants.copy()
    for number, own in enumerate(QUEUES):
        rows = np.flatnonzero(queue == number)
        work = np.rint(rng.exponential(CALLBACK_WORK_SECONDS, len(rows))).astype(np.int64)
        moved[rows] = world.horizon.add_open_seconds(own.calendar_code, instants[rows], work)
    return moved


def outbound(
    rng: np.random.Generator, world: World, contacts: Columns, count: int
) -> tuple[Columns, Columns]:
    """Calls to known customers; legs without a queue."""
    table = phone_contacts(rng, world, world.demand.shares, contacts, count)
    table |= {
        "attempt": np.full(count, -1),
        "reached": rng.random(count) < OUTBOUND_REACHED_SHARE,
    }
    return called(rng, world, table, False)


def phone_contacts(
    rng: np.random.Generator, world: World, shares: NDArray[np.float64], contacts: Columns,
    count: int,
) -> Columns:  # fmt: skip
    """Contacts at the hours of phone calls, by customers of the same site as the queue."""
    is_phone = (QUEUE_CHANNELS == PHONE)[:, None]
    queue, entered = draw_arrivals(rng, world.horizon, normalised(shares * is_phone), count)
    table = chosen(contacts, rng.integers(0, len(contacts["entered"]), count))
    reason = rng.integers(0, len(REASONS), count)
    return table | {
        "queue": queue, "entered": entered, "started": entered, "reason": reason,
        "menu": np.full(count, -1), "callback_of": np.full(count, -1),
        "customer": at_site(table["customer"], queue),
    }  # fmt: skip


def at_site(customer: Ints, queue: Ints) -> Ints:
    """The neighbouring customer of the site of the queue: a customer calls one site."""
    sites = np.array([own.site for own in QUEUES])[queue]
    return np.where(customer < 0, -1, (customer - 1) // 3 * 3 + sites + 1)


def called(
    rng: np.random.Generator, world: World, table: Columns, has_queue: bool
) -> tuple[Columns, Columns]:
    """Contacts that an agent started, one leg each; not reached is an abandoned leg."""
    size, reached = len(table["entered"]), table["reached"]
    rings = rng.integers(8, 26, size)
    ended = table["entered"] + rings
    legs = bare_legs(table, np.where(reached, ANSWERED, ABANDONED), rings)
    legs |= {
        "answered": np.where(reached, ended, -1),
        "ring_seconds": rings,
        "attempt": table["attempt"],
    }
    legs = with_work(rng, world, legs, False)
    if not has_queue:
        legs["queue"] = np.full(size, -1)
    contacts = {k: v for k, v in table.items() if k not in ("attempt", "reached")}
    return contacts | {
        "direction": np.ones(size, dtype=np.int8),
        "started": table["entered"],
        "menu": np.full(size, -1),
    }, legs


def bare_legs(table: Columns, outcome: Ints, seconds: Ints) -> Columns:
    """One leg per contact that ends after these seconds, not answered yet."""
    size = len(outcome)
    return {f"expected_{name}": np.zeros(size) for name in EXPECTED} | {
        "contact": np.arange(size), "queue": table["queue"], "reason": table["reason"],
        "channel": np.full(size, PHONE), "leg_number": np.ones(size, dtype=np.int64),
        "entered": table["entered"], "outcome": outcome.astype(np.int8),
        "wait_seconds": seconds, "ended": table["entered"] + seconds,
        "answered": np.full(size, -1), "ring_seconds": np.zeros(size, dtype=np.int64),
        "missed_rings": np.zeros(size, dtype=np.int64),
        "attempt": np.full(size, -1), "promised": np.full(size, -1),
        "promoted": np.full(size, -1),
    }  # fmt: skip


def menu_only(
    rng: np.random.Generator, world: World, contacts: Columns, count: int
) -> tuple[Columns, Columns]:
    """Calls that end before any queue: served or given up in the menu, dissuaded, closed."""
    kind = np.sort(rng.choice(len(MENU_OUTCOMES), count, p=MENU_SHARES))
    outcome = np.array(MENU_OUTCOMES)[kind]
    closed = int((outcome == CLOSED).sum())
    opened = phone_contacts(rng, world, world.demand.shares, contacts, count - closed)
    shut = phone_contacts(rng, world, world.demand.closed_shares, contacts, closed)
    # Arrivals come in order of their queue; outcomes must not.
    table = stacked([chosen(opened, rng.permutation(count - closed)), shut])
    table |= {
        "direction": np.zeros(count, dtype=np.int8),
        "menu": draw_menu(rng, table["reason"]),
    }
    seconds = np.rint(rng.exponential(np.array(MENU_SECONDS)[kind])).astype(np.int64) + 3
    legs = with_work(rng, world, bare_legs(table, outcome, seconds), False)
    legs["queue"] = np.full(count, -1)
    return table, legs
