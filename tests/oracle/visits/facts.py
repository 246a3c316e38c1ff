"""The oracle's facts: every row of legs and abandons as the marts should show it."""

from datetime import datetime, timedelta
from typing import Any

from tests.oracle.centre.centre import UNASSIGNED
from tests.oracle.centre.channels import DEFERRED_CHANNELS
from tests.oracle.centre.clock import clock_seconds
from tests.oracle.contacts.handled import is_passed_on, wrong_queue
from tests.oracle.events import NOT_OFFERED
from tests.oracle.visits.events import ABANDONED, BEFORE_QUEUE, redial, visits
from tests.oracle.visits.legs import Leg, is_kept, reached_callbacks
from tests.oracle.visits.queue_intervals import interval_start
from tests.oracle.visits.service import is_replied, judged, parts, policy_of, threshold
from tests.oracle.world import World

Fact = dict[str, Any]
PENDING = {"in_progress", "lost_record"}


def fct_contact_legs(world: World) -> dict[tuple[str, int], Fact]:
    """Return the row of every leg that is no test, by contact and number."""
    reached = reached_callbacks(world.legs)
    return {
        (leg.contact_id, leg.number): _known_keys(leg)
        | _counted(leg)
        | _served(world, leg)
        | _promised(world, leg, reached.get(leg.contact_id, []))
        for legs in world.legs.values()
        for leg in legs
    }


def fct_abandons(world: World) -> dict[tuple[str, int], Fact]:
    """Return the row of every visit that its customer left, short ones and ringing included."""
    places: dict[tuple[str, str], list[Leg]] = {}
    for contact, leg in visits(world):
        if contact.customer is not None:
            places.setdefault((contact.customer, leg.queue), []).append(leg)
    found: dict[tuple[str, int], Fact] = {}
    for contact, leg in visits(world):
        if leg.outcome not in ABANDONED | {"short_abandon"}:
            continue
        event, left_at = redial(world, leg, contact.customer, places), leg.ended_at
        if left_at is None and leg.wait is not None:
            left_at = leg.entered_at + timedelta(seconds=leg.wait)
        is_open = event.is_open and event.amount is not None
        found[leg.contact_id, leg.number] = {
            "customer_id": contact.customer,
            "channel_code": known(leg.channel),
            "queue_id": leg.queue,
            "site_id": leg.site,
            "entry_reason_code": known(leg.entry_reason),
            "outcome_code": leg.outcome,
            "is_open": is_open,
            "is_redialled": None if is_open or event.amount is None else bool(event.amount),
            "entered_date": leg.day,
            "left_at": left_at,
            "wait_seconds": leg.wait,
        }
    return found


def is_visit(leg: Leg) -> bool:
    """Whether the leg is demand that entered a queue."""
    return leg.is_demand and leg.has_queue and leg.outcome not in BEFORE_QUEUE


def is_offered(leg: Leg) -> bool:
    """Whether the leg counts below the line of the answer rate."""
    return is_visit(leg) and leg.outcome not in NOT_OFFERED


def known(member: str) -> str | None:
    """Return a member, None where it is not known."""
    return None if member == UNASSIGNED else member


def is_open_deferred(leg: Leg) -> bool:
    """Whether the customer of a deferred channel waits for an answer."""
    is_pending = leg.outcome in PENDING and not is_replied(leg)
    return is_pending and leg.channel in DEFERRED_CHANNELS


def service_verdict(world: World, leg: Leg) -> tuple[bool | None, bool]:
    """Return (counted, met) of a visit under the policy in force."""
    seen = judged(world, leg)
    if seen is None:
        return False, False
    above, below = parts(policy_of(world, leg), *seen)
    if leg.is_one_sided:
        return None, False
    return (None if above is None else bool(below)), bool(above)


def _known_keys(leg: Leg) -> Fact:
    return {
        "source_code": "standard",
        "customer_id": leg.customer,
        "direction_code": "inbound" if leg.is_inbound else "outbound",
        "channel_code": known(leg.channel),
        "queue_id": known(leg.queue),
        "site_id": leg.site,
        "entry_reason_code": known(leg.entry_reason),
        "agent_id": leg.agent,
        "team_id": known(leg.team),
        "reason_code": known(leg.reason),
        "outcome_code": leg.outcome,
        "is_outcome_inferred": leg.is_inferred,
        "transfer_kind_code": leg.transfer_kind,
        "transferred_at": leg.transferred_at,
        "unanswered_ring_count": leg.unanswered_rings,
        "sent_to_channel_code": leg.sent_to,
        "promoted_channel_code": leg.promoted,
        "is_resolved": leg.is_resolved,
        "entered_date": leg.day,
        "half_hour_at": interval_start(leg.entered_at),
        "contact_started_at": leg.contact_started_at,
        "entered_at": leg.entered_at,
        "answered_at": leg.answered_at,
        "ended_at": leg.ended_at,
        "wait_seconds": leg.wait,
        "talk_seconds": leg.talk,
        "hold_seconds": leg.hold,
        "wrap_up_seconds": leg.wrap_up,
        "handle_seconds": leg.handle,
    }


def _counted(leg: Leg) -> Fact:
    wrong = wrong_queue(leg) if leg.is_handled else 0
    return {
        "is_demand": leg.is_demand,
        "is_visit": is_visit(leg),
        "is_offered": is_offered(leg),
        "is_answered": leg.is_handled,
        "is_abandoned": is_visit(leg) and leg.outcome in ABANDONED,
        "is_handled": leg.is_handled and leg.handle is not None,
        "is_transferred": is_passed_on(leg) if leg.is_handled else False,
        "is_one_sided": leg.is_one_sided,
        "is_limited": leg.is_one_sided,
        "is_sending_known": "sent_to_channel_code" not in leg.lacks,
        "is_promotion_known": "promoted_channel_code" not in leg.lacks,
        "is_wrong_queue": None if wrong is None else bool(wrong),
        "is_callback_offered": is_visit(leg) and bool(leg.is_callback_offered),
    }


def _is_transferred(leg: Leg) -> bool | None:
    if leg.is_handled and "transfer_kind_code" in leg.lacks:
        return None
    return leg.is_handled and leg.transfer_kind is not None


def _served(world: World, leg: Leg) -> Fact:
    if not is_visit(leg):
        nothing = ("outcome_code", "policy_code", "seconds")
        found: Fact = dict.fromkeys(f"service_level_{name}" for name in nothing)
        found |= {"is_within_threshold": None, "is_service_level_counted": False}
        return found | {"is_service_level_met": False}
    counted, met = service_verdict(world, leg)
    outcome = "open_deferred" if is_open_deferred(leg) else leg.outcome
    if leg.outcome in PENDING and is_replied(leg):
        outcome = "answered"
    return {
        "service_level_outcome_code": outcome,
        "service_level_policy_code": policy_of(world, leg),
        "service_level_seconds": threshold(world, leg)[0],
        "is_within_threshold": _within(world, leg),
        "is_service_level_counted": counted,
        "is_service_level_met": met,
    }


def _within(world: World, leg: Leg) -> bool | None:
    """Return whether the wait, or the age of an open deferred item, is at most the threshold."""
    seconds, clock = threshold(world, leg)
    until = leg.answered_at if leg.is_answered or leg.outcome in PENDING else leg.ended_at
    if is_open_deferred(leg):
        until = world.as_of
    elif until is None and leg.wait is not None:
        until = leg.entered_at + timedelta(seconds=leg.wait)
    if until is None or seconds is None:
        return None
    return clock_seconds(world.centre, clock, leg.queue, leg.entered_at, until) <= seconds


def _promised(world: World, leg: Leg, reached: list[datetime | None]) -> Fact:
    is_taken = is_visit(leg) and leg.outcome == "callback_taken"
    kept = is_kept(leg, reached) if is_taken else False
    is_over = world.as_of is not None and leg.promised_until <= world.as_of
    state = "in_time" if kept else "reached_unknown" if kept is None else "reached_late"
    state = state if reached else "not_reached"
    young = is_visit(leg) and is_open_deferred(leg) and bool(_within(world, leg))
    is_pending = leg.outcome == "in_progress" and leg.channel not in DEFERRED_CHANNELS
    return {
        "is_callback_reached": kept,
        "callback_state_code": (state if is_over else "open") if is_taken else None,
        "is_open": is_pending or young or (is_taken and not is_over),
    }
