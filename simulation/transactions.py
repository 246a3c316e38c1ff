"""The transactional tables beside the legs: drawn, as versions, and what is true of them."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from simulation.centre import TRANSFER_KINDS, Columns
from simulation.draw.facts import known_facts
from simulation.draw.handling import World
from simulation.draw.outgoing import REACHED_SHARE
from simulation.draw.presence import ABSENT_PROBABILITY, OCCUPANCY, draw_presence
from simulation.draw.promotions import ADOPTION_DAYS, ADOPTION_PROBABILITY, PROMOTION_SHARE
from simulation.draw.records import SELFCARE_SHARE
from simulation.draw.returns import QUICK_REDIAL_SHARE, RETURN_DAYS, RETURN_PROBABILITY
from simulation.draw.sales import CANCELLED_DAYS, CANCELLED_SHARE, SALE_PROBABILITY, draw_sales
from simulation.draw.selfcare import (
    COMPLETED_PROBABILITY,
    ESCALATED_SHARE,
    LATE_START_SHARE,
    SESSION_CHANNELS,
    STARTED_PROBABILITY,
    draw_sessions,
)
from simulation.draw.tickets import (
    NEVER_REPLIED_SHARE,
    REOPENED_PROBABILITY,
    THANKED_PROBABILITY,
    draw_tickets,
)
from simulation.draw.visits import TRANSFER_KIND_SHARES, TRANSFER_SHARE, WRONG_QUEUE_SHARE, chosen
from simulation.observe.issues import observe_issues
from simulation.observe.journeys import observe_journeys
from simulation.observe.observed import demand, entry_days
from simulation.observe.outcomes import observe_sales, observe_tickets
from simulation.observe.staffing import observe_presence
from simulation.observe.tasks import observe_sessions
from simulation.write.controls import discrepancy, draw_controls

Drawn = dict[str, tuple[Columns, Columns | None]]


def draw_transactions(
    streams: Iterator[np.random.Generator], world: World, contacts: Columns, legs: Columns,
    as_of: int,
) -> tuple[Drawn, dict[str, Any], dict[str, Any]]:  # fmt: skip
    """By raw table its current rows and older versions; then what was planted, and is observed.

    All is as known at `as_of`, so that no row of these tables moves that instant.
    """
    sessions = draw_sessions(next(streams), world, contacts, legs, as_of)
    days = draw_presence(next(streams), world, legs, as_of)
    sales, uncancelled = draw_sales(next(streams), contacts, legs, as_of)
    tickets, created, changes = draw_tickets(next(streams), world, contacts, legs, as_of)
    inbound = demand(contacts, legs)
    visits = chosen(inbound, inbound["queue"] >= 0)
    entered = entry_days(world, visits)
    totals, apart = draw_controls(next(streams), world, visits, entered, as_of)
    drawn: Drawn = {
        "selfcare_sessions": (sessions, None), "agent_days": (days, None),
        "sales": (sales, uncancelled), "tickets": (tickets, created),
        "ticket_changes": (changes, None), "control_totals": (totals, None),
    }  # fmt: skip
    facts = known_facts(contacts, legs)
    observed = {
        "issues": observe_issues(facts, as_of),
        "journeys": observe_journeys(contacts, legs, facts, visits, as_of),
        "selfcare": observe_sessions(world, facts, legs, sessions, as_of),
        "presence": observe_presence(world, legs, days),
        "sales": observe_sales(facts, legs, sales, as_of),
        "tickets": observe_tickets(world, tickets, as_of),
        "control_totals": {
            "compared_count": len(totals["count"]), "different_count": len(apart["count"]),
        },
    }  # fmt: skip
    return drawn, {"switch_discrepancy": discrepancy(apart)}, observed


def planted_transactions() -> dict[str, Any]:
    """The chances and shares from which the transactional tables are drawn."""
    return {
        "returns": {
            "probability_when_unsolved": RETURN_PROBABILITY["unsolved"],
            "mean_days": RETURN_DAYS,
            "quick_redial_share_of_returns": QUICK_REDIAL_SHARE,
            "quick_redial_within_seconds": 58,
        },
        "transfers": {
            "probability": TRANSFER_SHARE,
            "kind_shares": dict(zip(TRANSFER_KINDS, TRANSFER_KIND_SHARES, strict=True)),
            "wrong_queue_share_of_blind": WRONG_QUEUE_SHARE,
        },
        "callbacks": {"reached_probability_per_attempt": REACHED_SHARE, "most_attempts": 2},
        "promotions": {
            "probability": PROMOTION_SHARE, "adoption_probability": ADOPTION_PROBABILITY,
            "adoption_mean_days": ADOPTION_DAYS,
        },
        "selfcare": {
            "completed_probability": dict(
                zip(SESSION_CHANNELS, COMPLETED_PROBABILITY.tolist(), strict=True)
            ),
            "sent_probability": SELFCARE_SHARE,
            "sent_started_probability": STARTED_PROBABILITY,
            "sent_started_late_share": LATE_START_SHARE,
            "escalated_share_of_contacts": ESCALATED_SHARE,
        },
        "occupancy": {"occupancy": OCCUPANCY},
        "absence": {"full_day_probability": ABSENT_PROBABILITY},
        "sales": {
            "probability": SALE_PROBABILITY, "cancelled_share": CANCELLED_SHARE,
            "cancelled_mean_days": CANCELLED_DAYS,
        },
        "tickets": {
            "reopened_with_work_probability": REOPENED_PROBABILITY,
            "reopened_by_thanks_probability": THANKED_PROBABILITY,
            "never_replied_share": NEVER_REPLIED_SHARE,
        },
    }  # fmt: skip
