"""Sales: most during a contact, some soon after it, some without any; some cancelled."""

import numpy as np
from numpy.typing import NDArray

from simulation.calendars import DAY
from simulation.centre import REASONS, Columns
from simulation.draw.facts import known_facts
from simulation.draw.visits import chosen, stacked

IS_SALE = np.array([reason.is_sale_eligible for reason in REASONS])
SALE_PROBABILITY, OTHER_SALE_PROBABILITY, SECOND_SALE_SHARE = 0.16, 0.004, 0.12
UNLINKED_SHARE, ONLINE_SHARE = 0.18, 0.05
CANCELLED_SHARE, CANCELLED_DAYS = 0.14, 8.0
PRODUCTS = ("fibre_500", "mobile_20", "insurance", "extended_warranty")
PRICES = np.array([34.99, 12.99, 6.50, 59.00])
AFTER_SECONDS = 18 * 3_600

Ints = NDArray[np.int64]


def draw_sales(
    rng: np.random.Generator, contacts: Columns, legs: Columns, limit: int
) -> tuple[Columns, Columns]:
    """Sales as known at `limit` (epoch seconds), and their versions before a cancellation.

    `contact` is -1 where the order system does not know it: then the customer and the agent are
    known and it lies up to 18 hours after the contact. Online sales have no agent. Amounts are
    cents. Eligible is who declared a reason that is open to sales.
    """
    facts = known_facts(contacts, legs)
    rows = np.flatnonzero((legs["agent"] >= 0) & facts["is_inbound"][legs["contact"]])
    rows = rows[np.flatnonzero(np.diff(legs["contact"][rows], append=-1))]
    reason = facts["reason"][legs["contact"][rows]]
    chance = np.where(IS_SALE[reason] & (reason >= 0), SALE_PROBABILITY, OTHER_SALE_PROBABILITY)
    first = rows[rng.random(len(rows)) < chance]
    second = first[rng.random(len(first)) < SECOND_SALE_SHARE]
    made = np.concatenate([first, second])
    table = chosen({name: legs[name] for name in ("contact", "agent", "customer")}, made)
    talk = legs["talk_seconds"][made]
    sold = legs["answered"][made] + np.rint(talk * rng.uniform(0.4, 1, len(made))).astype(np.int64)
    unlinked = (rng.random(len(made)) < UNLINKED_SHARE) & (table["customer"] >= 0)
    later = legs["ended"][made] + rng.integers(60, AFTER_SECONDS, len(made))
    table["sold"] = np.where(unlinked, later, sold)
    table["contact"] = np.where(unlinked, -1, table["contact"])
    table = stacked([table, online(rng, legs, round(ONLINE_SHARE * len(made)))])
    return as_known(rng, table, limit)


def online(rng: np.random.Generator, legs: Columns, count: int) -> Columns:
    """Sales that no agent made, by customers of some contacts."""
    rows = rng.integers(0, len(legs["contact"]), count)
    return {
        "contact": np.full(count, -1), "agent": np.full(count, -1),
        "customer": legs["customer"][rows],
        "sold": legs["entered"][rows] + rng.integers(0, 3 * DAY, count),
    }  # fmt: skip


def as_known(rng: np.random.Generator, table: Columns, limit: int) -> tuple[Columns, Columns]:
    """Priced sales in order, with what had been cancelled at `limit`; and the older versions."""
    size = len(table["sold"])
    product = rng.integers(0, len(PRODUCTS), size)
    cents = np.rint(100 * PRICES[product] * np.exp(rng.normal(0, 0.2, size))).astype(np.int64)
    after = np.rint(rng.exponential(CANCELLED_DAYS * DAY, size)).astype(np.int64) + 600
    cancelled = np.where(rng.random(size) < CANCELLED_SHARE, table["sold"] + after, -1)
    cancelled[cancelled + 30 > limit] = -1
    table |= {"product": product, "cents": cents, "cancelled": cancelled}
    table["updated"] = np.where(cancelled >= 0, cancelled, table["sold"]) + 30
    table = chosen(table, np.argsort(table["sold"], kind="stable"))
    table = chosen(table, np.flatnonzero(table["updated"] <= limit))
    table["number"] = np.arange(len(table["sold"]))
    before = chosen(table, np.flatnonzero(table["cancelled"] >= 0))
    before |= {"cancelled": np.full(len(before["sold"]), -1), "updated": before["sold"] + 30}
    return table, before
