"""What is true of sales and tickets: conversion, cancellation, replies, resolution, re-opens."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.calendars import DAY
from simulation.centre import QUEUES, REASONS, Columns
from simulation.draw.handling import World
from simulation.draw.sales import IS_SALE
from simulation.draw.tickets import SOLVED
from simulation.draw.visits import chosen
from simulation.write.targets import resolution_clocks, resolution_targets

CANCEL_SECONDS, JOIN_SECONDS = 14 * DAY, DAY
REOPEN_WINDOWS = (7, 14, 30)

Ints = NDArray[np.int64]


def observe_sales(facts: Columns, legs: Columns, sales: Columns, as_of: int) -> dict[str, Any]:
    """Sales, the contacts they join, and the conversion of eligible contacts.

    Eligible: inbound, answered, of a declared reason that is open to sales, entered 15 days or
    more before `as_of`. A sale is kept that was not cancelled within 14 days.
    """
    contact = joined(facts, legs, sales)
    reason, size = facts["reason"], len(facts["reason"])
    eligible = facts["is_inbound"] & facts["is_answered"] & (reason >= 0) & IS_SALE[reason]
    eligible &= facts["entered"] + CANCEL_SECONDS + JOIN_SECONDS <= as_of
    cancelled = sales["cancelled"] >= 0
    early = cancelled & (sales["cancelled"] - sales["sold"] <= CANCEL_SECONDS)
    kept = ~early & (contact >= 0)
    kept &= np.append(eligible, False)[contact]
    return {
        "sales_count": len(contact),
        "sale_cents": int(sales["cents"].sum()),
        "cancelled_count": int(cancelled.sum()),
        "cancelled_in_14_days_count": int(early.sum()),
        "with_contact_count": int((sales["contact"] >= 0).sum()),
        "joined_by_customer_count": int(((sales["contact"] < 0) & (contact >= 0)).sum()),
        "without_contact_count": int((contact < 0).sum()),
        "eligible_contacts_count": int(eligible.sum()),
        "converted_contacts_count": int(
            (np.bincount(contact[kept], minlength=size) > 0).sum()
        ),
        "kept_sales_count": int(kept.sum()),
        "kept_sale_cents": int(sales["cents"][kept].sum()),
    }  # fmt: skip


def joined(facts: Columns, legs: Columns, sales: Columns) -> Ints:
    """The contact of each sale, -1 without: its own, else the latest one of that customer and
    agent, tests apart and of any direction, that started in the 24 hours before the sale."""
    rows = np.flatnonzero((legs["agent"] >= 0) & (legs["customer"] >= 0) & ~legs["is_test"])
    agents = int(legs["agent"].max(initial=0)) + 2
    pair = legs["customer"][rows] * agents + legs["agent"][rows]
    started = facts["started"][legs["contact"][rows]]
    order = np.lexsort((started, pair))
    pairs, number = np.unique(pair, return_inverse=True)
    marks = (number << 32 | started)[order]
    own = sales["customer"] * agents + sales["agent"]
    place = np.searchsorted(pairs, own)
    has_pair = (sales["customer"] >= 0) & (sales["agent"] >= 0)
    has_pair &= np.append(pairs, -1)[place] == own
    last = np.searchsorted(marks, place << 32 | sales["sold"], side="right") - 1
    mark = np.append(marks, -1)[last]
    has_pair &= (mark >> 32 == place) & (sales["sold"] - (mark & 0xFFFF_FFFF) <= JOIN_SECONDS)
    found = np.append(legs["contact"][rows][order], -1)[last]
    return np.where(sales["contact"] >= 0, sales["contact"], np.where(has_pair, found, -1))


def observe_tickets(world: World, tickets: Columns, as_of: int) -> dict[str, Any]:
    """Tickets, their first replies and resolutions, re-opens with work and by thanks.

    `resolved` is the first resolution. The full one is the last, where no re-open with work came
    after it: a customer's thanks is no re-open. Seconds are sums by the calendar clock.
    """
    reply, resolved, created = tickets["reply"], tickets["resolved"], tickets["created"]
    has_reply, has_end = reply >= 0, resolved >= 0
    worked = tickets["worked"] >= 0
    full = np.where(worked, np.where(tickets["status"] == SOLVED, tickets["solved"], -1), resolved)
    full = np.where(~worked & (tickets["reopens"] == 1), -1, full)
    found: dict[str, Any] = {
        "tickets_count": len(created),
        "replied_count": int(has_reply.sum()),
        "unreplied_count": int((~has_reply).sum()),
        "first_reply_seconds": int((reply - created)[has_reply].sum()),
        "resolved_count": int(has_end.sum()),
        "first_resolution_seconds": int((resolved - created)[has_end].sum()),
        "fully_resolved_count": int((full >= 0).sum()),
        "full_resolution_seconds": int((full - created)[full >= 0].sum()),
        "open_count": int((tickets["status"] != SOLVED).sum()),
        "reopened_with_work_count": int(worked.sum()),
        "reopened_by_thanks_count": int((tickets["reopens"] == 2).sum()),
    }
    for days in REOPEN_WINDOWS:
        mature = has_end & (resolved + days * DAY <= as_of)
        again = mature & worked & (tickets["again"] - resolved <= days * DAY)
        found[f"reopened_within_{days}_days"] = {
            "mature_count": int(mature.sum()), "reopened_count": int(again.sum()),
        }  # fmt: skip
    return found | {"in_target_by_reason": in_target(world, tickets, as_of)}


def in_target(world: World, tickets: Columns, as_of: int) -> dict[str, dict[str, int]]:
    """First resolutions within the target of reason and priority, by the target's clock.

    Open tickets count where their age has reached the target.
    """
    end = np.where(tickets["resolved"] >= 0, tickets["resolved"], as_of)
    open_seconds = np.zeros(len(end), dtype=np.int64)
    for number, queue in enumerate(QUEUES):
        rows = np.flatnonzero(tickets["queue"] == number)
        spent = [world.horizon.open_seconds(queue.calendar_code, instants[rows])
                 for instants in (tickets["created"], end)]  # fmt: skip
        open_seconds[rows] = spent[1] - spent[0]
    reason = tickets["reason"]
    seconds = np.where(resolution_clocks()[reason], open_seconds, end - tickets["created"])
    target = resolution_targets()[reason, tickets["priority"]]
    has_end = tickets["resolved"] >= 0
    table = {
        "reason": reason, "counts": has_end | (seconds >= target),
        "meets": has_end & (seconds <= target),
    }  # fmt: skip
    found = {}
    for code, own in enumerate(REASONS):
        mine = chosen(table, table["reason"] == code)
        found[own.reason_code] = {
            "counted_count": int(mine["counts"].sum()), "in_target_count": int(mine["meets"].sum()),
        }  # fmt: skip
    return found
