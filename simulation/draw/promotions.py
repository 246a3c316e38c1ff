"""Channels that agents propose for the next time, and the customers who then use them."""

import numpy as np

from simulation.centre import ANSWERED, CHAT, MESSAGING, PHONE, QUEUES, REASONS, SITES, Columns
from simulation.draw.handling import World
from simulation.draw.menus import draw_menu, menu_seconds
from simulation.draw.returns import into_hours
from simulation.draw.staff import QUEUE_SITES
from simulation.draw.visits import chosen, within

PROMOTION_SHARE, ADOPTION_PROBABILITY, ADOPTION_DAYS = 0.06, 0.30, 9.0
IS_PROMOTION = np.array([reason.is_promotion_eligible for reason in REASONS])
PROMOTED = ((CHAT, MESSAGING), (MESSAGING, MESSAGING), (CHAT, CHAT))
"""By site, with equal chances: only a channel that the site has."""


def promote(rng: np.random.Generator, contacts: Columns, legs: Columns) -> None:
    """Write `promoted` on legs of calls whose reason another channel could have served."""
    size = len(legs["contact"])
    proposes = (legs["outcome"] == ANSWERED) & (legs["channel"] == PHONE)
    proposes &= IS_PROMOTION[legs["reason"]] & (rng.random(size) < PROMOTION_SHARE)
    site = QUEUE_SITES[contacts["queue"]][legs["contact"]]
    channel = np.array(PROMOTED)[site, rng.integers(0, 2, size)]
    legs["promoted"] = np.where(proposes, channel, -1)


def adoptions(rng: np.random.Generator, world: World, contacts: Columns, legs: Columns) -> Columns:
    """New contacts of customers who come back with the same reason on the promoted channel.

    Their delay is exponential with a mean of nine days: some adopt too late to count.
    """
    own = legs["contact"]
    adopts = (legs["promoted"] >= 0) & (contacts["customer"][own] >= 0)
    rows = np.flatnonzero(adopts & (rng.random(len(own)) < ADOPTION_PROBABILITY))
    more = chosen(contacts, own[rows])
    queues = np.full((len(SITES), 4), -1)
    for number, queue in enumerate(QUEUES):
        queues[queue.site, queue.channel] = number
    more["queue"] = queues[QUEUE_SITES[more["queue"]], legs["promoted"][rows]]
    days = 3_600 + np.rint(rng.exponential(ADOPTION_DAYS * 86_400, len(rows))).astype(np.int64)
    menu = menu_seconds(rng, more["queue"])
    more["entered"] = into_hours(rng, world, more["queue"], legs["ended"][rows] + days + menu)
    more["started"] = more["entered"] - menu
    more["menu"] = draw_menu(rng, more["reason"])
    return within(world, more)
