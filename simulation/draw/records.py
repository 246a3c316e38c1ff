"""The current version of every leg, as the centre's systems know it when the last week ends."""

import numpy as np
from numpy.typing import NDArray

from simulation.centre import (
    ANSWERED,
    CALLBACK_TAKEN,
    ISSUES,
    IVR_ONLY,
    PHONE,
    REASONS,
    SITES,
    Columns,
)
from simulation.draw.handling import World
from simulation.draw.staff import QUEUE_SITES
from simulation.draw.waits import CALLBACK_OFFER_SECONDS

TEST_SHARE, LOST_SHARE, NO_SITE_SHARE = 0.001, 0.0003, 0.005
DECLARED_REASON_SHARE, DECLARED_RESOLUTION_SHARE, TRUE_DECLARATION_SHARE = 0.95, 0.92, 0.90
SELFCARE_SHARE = 0.08
SENT_TO = ("app", "web")
SENTIMENTS = ("negative", "neutral", "positive")
IS_SELFCARE = np.array([reason.is_selfcare_eligible for reason in REASONS])
UNKNOWN_WHILE_OPEN = (
    "outcome", "answered", "ended", "agent", "talk_seconds", "hold_seconds", "wrap_up_seconds",
    "transfer", "declared", "resolved", "sent_to", "promoted", "sentiment", "ring_seconds",
)  # fmt: skip


def known_records(
    rng: np.random.Generator, world: World, contacts: Columns, legs: Columns
) -> Columns:
    """Legs with all that is delivered of them; what has no end yet, or none ever, is -1.

    Adds `updated`, `declared`, `resolved` (0, 1), `sent_to`, `promoted`, `sentiment`,
    `sentiment_score` (nan is missing), `site`, `english`, `is_test`, `is_offered` and
    `is_open`; `home_site` is the site of the demand even where the feed leaves it out.
    """
    size, contact = len(legs["contact"]), legs["contact"]
    site = QUEUE_SITES[contacts["queue"]][contact]
    tests = np.zeros(len(contacts["queue"]), dtype=bool)
    tests[rng.choice(len(tests), round(len(tests) * TEST_SHARE), replace=False)] = True
    customer = contacts["customer"][contact]
    speaks = customer * 2_654_435_761 % 1000 / 1000
    english = np.array([own.english_share for own in SITES])[site]
    ends = legs["ended"] + np.maximum(legs["wrap_up_seconds"], 0)
    known = legs | opinions(rng, legs) | {
        "home_site": site,
        "site": np.where((rng.random(size) < NO_SITE_SHARE) & (legs["queue"] >= 0), -1, site),
        "is_test": tests[contact],
        "customer": customer,
        "english": (customer >= 0) & (speaks < english),
        "is_offered": is_offered(legs),
        "updated": ends + rng.integers(1, 31, size),
    }  # fmt: skip
    single = np.bincount(contact)[contact] == 1
    visits = single & (legs["queue"] >= 0) & (legs["attempt"] < 0) & (known["is_offered"] <= 0)
    lost = visits & (rng.random(size) < LOST_SHARE) & (legs["channel"] == PHONE)
    return hidden(known, lost | (known["updated"] >= world.horizon.end), world.horizon.end)


def opinions(rng: np.random.Generator, legs: Columns) -> Columns:
    """What agents declare and machines hear on answered legs; -1 elsewhere."""
    size, reason = len(legs["contact"]), legs["reason"]
    answered = legs["outcome"] == ANSWERED
    says = legs["solved"] == (rng.random(size) < TRUE_DECLARATION_SHARE)
    declares = answered & (rng.random(size) < DECLARED_RESOLUTION_SHARE)
    # An agent who passes a contact on sends nobody elsewhere: at most one leg of it does.
    sent = answered & IS_SELFCARE[reason] & (rng.random(size) < SELFCARE_SHARE)
    sent &= legs["transfer"] < 0
    score = np.clip(rng.normal(48 + 18 * legs["solved"], 16), 0, 100).round(1)
    score[~answered] = np.nan
    declared = answered & (rng.random(size) < DECLARED_REASON_SHARE)
    return {
        "declared": np.where(declared, len(ISSUES) + reason, -1),
        "resolved": np.where(declares, says.astype(np.int8), -1),
        "sent_to": np.where(sent, rng.integers(0, len(SENT_TO), size), -1),
        "sentiment": np.where(answered, (score >= 40).astype(np.int8) + (score >= 60), -1),
        "sentiment_score": score,
    }


def is_offered(legs: Columns) -> NDArray[np.int8]:
    """Whether a callback was offered: to those who still waited; -1 on other channels."""
    visits = (legs["channel"] == PHONE) & (legs["queue"] >= 0) & (legs["attempt"] < 0)
    waits = (legs["wait_seconds"] >= CALLBACK_OFFER_SECONDS) & visits
    return np.where(visits, (waits | (legs["outcome"] == CALLBACK_TAKEN)).astype(np.int8), -1)


def hidden(known: Columns, is_open: NDArray[np.bool_], end: int) -> Columns:
    """Legs whose end is not known: they keep their entry and were written soon after it."""
    known["is_open"] = is_open
    for name in UNKNOWN_WHILE_OPEN:
        known[name] = np.where(is_open, -1, known[name])
    known["sentiment_score"] = np.where(is_open, np.nan, known["sentiment_score"])
    known["updated"] = np.where(
        is_open, np.minimum(known["entered"] + 5, end - 1), known["updated"]
    )
    return known


def is_visit(legs: Columns, direction: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Inbound legs with a queue; callbacks and outbound calls are not new demand."""
    return (direction == 0) & (legs["queue"] >= 0)


def actor(legs: Columns) -> NDArray[np.int64]:
    """0 a person answered, 1 a machine served in the menu, -1 nobody."""
    outcome = legs["outcome"]
    return np.select([outcome == ANSWERED, outcome == IVR_ONLY], [0, 1], -1)
