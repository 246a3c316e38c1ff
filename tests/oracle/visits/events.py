"""The oracle's events of visits: abandons, losses, waits, redials, callbacks."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from tests.oracle.contacts.contacts import Contact
from tests.oracle.events import NOT_OFFERED, Event, offered_event, visit_keys
from tests.oracle.visits.legs import Leg, is_kept, reached_callbacks
from tests.oracle.world import World, is_within

ABANDONED = {"abandoned", "abandoned_ringing"}
BEFORE_QUEUE = {"dissuaded", "closed", "ivr_abandoned", "ivr_only"}
REDIAL_SECONDS = 60


def visit_events(world: World) -> Iterator[Event]:
    """Yield the events of A4, A5 and A17 per visit."""
    places: dict[tuple[str, str], list[Leg]] = defaultdict(list)
    for contact, leg in visits(world):
        if contact.customer is not None:
            places[contact.customer, leg.queue].append(leg)
    reached = reached_callbacks(world.legs)
    for contact, leg in visits(world):
        keys, outcome = visit_keys(leg), leg.outcome
        is_lost = outcome == "lost_record"
        yield from short_abandon(leg)
        if is_lost or outcome not in NOT_OFFERED:
            judged = {
                "abandonment_rate": int(outcome in ABANDONED),
                "average_wait_seconds": leg.wait,
                "system_loss_rate": int(outcome == "system_loss"),
            }
            for kpi_id, amount in judged.items():
                is_answers = kpi_id in ("abandonment_rate", "average_wait_seconds")
                reason = "answered_only" if is_answers else "not_delivered"
                if is_lost:
                    yield Event(kpi_id, leg.day, keys, None)
                else:
                    yield offered_event(leg, kpi_id, keys, amount, reason)
        if outcome in ABANDONED or outcome == "short_abandon":
            yield redial(world, leg, contact.customer, places)
        if leg.is_callback_offered and outcome != "in_progress":
            taken = None if is_lost else int(outcome == "callback_taken")
            yield Event("callback_acceptance_rate", leg.day, keys, taken)
        if outcome == "callback_taken":
            answers = reached.get(leg.contact_id, [])
            is_open = world.as_of is None or leg.promised_until > world.as_of
            for kpi_id, said in (
                ("callback_reached_rate", bool(answers)),
                ("callback_in_promise_rate", is_kept(leg, answers)),
            ):
                amount = None if said is None else int(said)
                yield Event(kpi_id, leg.day, keys, amount, is_open=is_open)


def short_abandon(leg: Leg) -> Iterator[Event]:
    """Yield whether a visit was a short abandon; without its wait an abandon may have been one.

    More than a fifth of abandons without a wait hide the rate, whatever the other visits say.
    """
    name, keys = "short_abandon_rate", visit_keys(leg)
    every = ("answered_only", "not_delivered", "no_wait")
    if leg.outcome == "lost_record":
        yield Event(name, leg.day, keys, None)
    elif leg.outcome == "short_abandon":
        yield Event(name, leg.day, keys, 1, asked=every)
    elif leg.outcome == "abandoned":
        hidden = "no_wait" if leg.wait is None else None
        yield Event(name, leg.day, keys, None if hidden else 0, hidden=hidden, asked=every)
    elif leg.outcome not in NOT_OFFERED:
        yield offered_event(leg, name, keys, 0)


def visits(world: World) -> Iterator[tuple[Contact, Leg]]:
    """Yield every inbound visit with its contact, callback attempts apart.

    What the menu served or turned away is no visit, whatever queue it names.
    """
    for contact in world.contacts.values():
        for leg in contact.demand:
            if leg.has_queue and leg.outcome not in BEFORE_QUEUE:
                yield contact, leg


def redial(
    world: World, leg: Leg, customer: str | None, places: dict[tuple[str, str], list[Leg]]
) -> Event:
    """Return whether the customer of an abandon came back to its queue within 60 s of its end.

    Where no end was delivered it follows from the wait.
    """
    keys = visit_keys(leg)
    end = leg.ended_at
    if end is None and leg.wait is not None:
        end = leg.entered_at + timedelta(seconds=leg.wait)
    if customer is None or end is None:
        return Event("redial_rate", leg.day, keys, None)
    again = any(
        other is not leg and is_within(end, other.entered_at, REDIAL_SECONDS)
        for other in places[customer, leg.queue]
    )
    is_open = not world.is_closed(end, REDIAL_SECONDS)
    return Event("redial_rate", leg.day, keys, int(again), is_open=is_open)
