"""Self-service: tasks that customers start by themselves, before a contact, or sent by an agent."""

import numpy as np
from numpy.typing import NDArray

from simulation.centre import ANSWERED, CHAT, MESSAGING, PHONE, Columns
from simulation.draw.facts import known_facts
from simulation.draw.handling import World
from simulation.draw.records import IS_SELFCARE, SENT_TO
from simulation.draw.visits import chosen, stacked

SESSION_CHANNELS = (*SENT_TO, "bot", "ivr")
BOT, IVR = 2, 3
OWN_SHARE, OWN_CHANNEL_SHARES = 0.14, (0.32, 0.36, 0.18, 0.14)
COMPLETED_PROBABILITY = np.array([0.82, 0.74, 0.62, 0.56])
ESCALATED_SHARE, ESCALATED_COMPLETED = 0.045, 0.05
FAILED_SHARE, FAILED_SECONDS = 0.02, 6 * 86_400
STARTED_PROBABILITY, STARTED_SECONDS, LATE_START_SHARE = 0.62, 7_200.0, 0.08
SESSION_SECONDS = 150.0
UNKNOWN_CUSTOMER_SHARE, UNKNOWN_REASON_SHARE, UNLINKED_SHARE = 0.06, 0.03, 0.05
UNKNOWN_END_SHARE, NO_SITE_SHARE = 0.02, 0.02

Ints = NDArray[np.int64]


def draw_sessions(
    rng: np.random.Generator, world: World, contacts: Columns, legs: Columns, limit: int
) -> Columns:
    """Sessions in order of start, as they are known at `limit` (epoch seconds).

    Those of customers' own accord are a share of the contacts; those before a contact failed and
    were given up (`contact` is -1), or escalated to it; the others were sent by an agent's leg.
    """
    facts = known_facts(contacts, legs) | {"true_reason": contacts["reason"]}
    facts["channel"] = np.full(len(facts["site"]), PHONE)
    facts["channel"][legs["contact"][::-1]] = legs["channel"][::-1]
    parts = [own(rng, world, facts), *before_contacts(rng, facts), sent(rng, facts, legs)]
    rows = stacked(parts)
    size = len(rows["started"])
    rows["ended"] = rows["started"] + rows["seconds"]
    rows["customer"][rng.random(size) < UNKNOWN_CUSTOMER_SHARE] = -1
    rows["reason"][rng.random(size) < UNKNOWN_REASON_SHARE] = -1
    rows["contact"][rng.random(size) < UNLINKED_SHARE] = -1
    rows["home_site"] = rows["site"].copy()
    rows["site"][rng.random(size) < NO_SITE_SHARE] = -1
    rows["completed"] = np.where(rng.random(size) < UNKNOWN_END_SHARE, -1, rows["completed"])
    rows["updated"] = rows["ended"] + rng.integers(1, 20, size)
    return as_known(rows, world.horizon.start, limit)


def as_known(rows: Columns, start: int, limit: int) -> Columns:
    """Sessions that began from `start` to `limit`; an open one has no end and no outcome yet."""
    rows = chosen(rows, np.flatnonzero((rows["started"] >= start) & (rows["started"] < limit)))
    is_open = rows["updated"] > limit
    for name in ("ended", "completed", "contact", "escalated"):
        rows[name] = np.where(is_open, -1, rows[name])
    rows["updated"] = np.where(is_open, rows["started"] + 1, rows["updated"])
    rows = chosen(rows, np.argsort(rows["started"], kind="stable"))
    return rows | {"number": np.arange(len(rows["started"]))}


def session(
    rng: np.random.Generator, facts: Columns, members: Ints, channel: Ints, started: Ints
) -> Columns:
    """Sessions of the customers, sites and reasons of some contacts, not escalated, not sent."""
    size = len(members)
    return {
        "customer": facts["customer"][members], "site": facts["site"][members],
        "reason": facts["true_reason"][members], "channel": channel, "started": started,
        "seconds": 5 + np.rint(rng.exponential(SESSION_SECONDS, size)).astype(np.int64),
        "completed": (rng.random(size) < COMPLETED_PROBABILITY[channel]).astype(np.int64),
        "escalated": np.zeros(size, dtype=np.int64), "contact": np.full(size, -1),
        "sent_by": np.full(size, -1), "sent_agent": np.full(size, -1), "sent": np.full(size, -1),
    }  # fmt: skip


def own(rng: np.random.Generator, world: World, facts: Columns) -> Columns:
    """Tasks at any hour of the day, for reasons that have a self-service."""
    count = len(facts["site"])
    size = round(OWN_SHARE * count)
    start, end = world.horizon.start, world.horizon.end
    rows = session(
        rng, facts, rng.integers(0, count, size),
        rng.choice(len(SESSION_CHANNELS), size, p=OWN_CHANNEL_SHARES),
        rng.integers(start, end, size),
    )  # fmt: skip
    return rows | {"reason": rng.choice(np.flatnonzero(IS_SELFCARE), size)}


def before_contacts(rng: np.random.Generator, facts: Columns) -> list[Columns]:
    """Tasks that ended just before the contact to which they escalated, or days before another."""
    inbound = np.flatnonzero(facts["is_inbound"] & facts["is_asked"])
    draw = rng.random(len(inbound))
    found = []
    for members in (
        inbound[draw < ESCALATED_SHARE],
        inbound[(draw >= ESCALATED_SHARE) & (draw < ESCALATED_SHARE + FAILED_SHARE)],
    ):
        channel = rng.integers(0, BOT, len(members))
        live = facts["channel"][members]
        channel = np.where((live == CHAT) | (live == MESSAGING), BOT, channel)
        channel = np.where((live == PHONE) & (rng.random(len(members)) < 0.5), IVR, channel)
        found.append(session(rng, facts, members, channel, facts["started"][members]))
    escalated, failed = found
    escalated["started"] -= escalated["seconds"] + rng.integers(0, 90, len(escalated["site"]))
    size = len(escalated["site"])
    escalated["completed"] = (rng.random(size) < ESCALATED_COMPLETED).astype(np.int64)
    escalated["contact"] = inbound[draw < ESCALATED_SHARE]
    escalated["escalated"] = np.ones(size, dtype=np.int64)
    failed["started"] -= failed["seconds"] + rng.integers(600, FAILED_SECONDS, len(failed["site"]))
    return found


def sent(rng: np.random.Generator, facts: Columns, legs: Columns) -> Columns:
    """Tasks that agents sent customers to: most start within the day, some later, some never."""
    rows = np.flatnonzero((legs["sent_to"] >= 0) & (legs["outcome"] == ANSWERED))
    rows = rows[rng.random(len(rows)) < STARTED_PROBABILITY]
    late = rng.random(len(rows)) < LATE_START_SHARE
    delay = np.rint(rng.exponential(STARTED_SECONDS, len(rows))).astype(np.int64) + 5
    delay = np.where(late, rng.integers(90_000, 400_000, len(rows)), np.minimum(delay, 86_000))
    found = session(rng, facts, legs["contact"][rows], legs["sent_to"][rows], legs["ended"][rows])
    return found | {
        "sent": legs["ended"][rows], "started": legs["ended"][rows] + delay,
        "sent_by": legs["contact"][rows], "sent_agent": legs["agent"][rows],
    }  # fmt: skip
