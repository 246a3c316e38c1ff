"""The events of each KPI: one per eligible visit, leg, contact or answer, with its keys."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

from tests.oracle.centre.centre import UNASSIGNED, Row
from tests.oracle.surveys.responses import judged_answers
from tests.oracle.visits.legs import Leg, is_kept, reached_callbacks

NOT_OFFERED = {
    "short_abandon",
    "in_progress",
    "lost_record",
    "dissuaded",
    "closed",
    "ivr_abandoned",
    "ivr_only",
}
TWELVE_DECIMALS = Decimal("0.000000000001")


@dataclass(frozen=True)
class Event:
    """One eligible event. `amount` is its seconds, score or 0/1; None where an input is lacking.

    `weight` is what it adds below the line. An open event waits for its window and counts nowhere;
    one that may change counts as it stands, and its row is not final. `hidden` is the reason why
    its delivery cannot tell it; `asked` are the reasons of which it is one of the events in
    question (all, unless said).
    """

    kpi_id: str
    day: date
    keys: dict[str, str]
    amount: int | Fraction | None
    weight: int = 1
    is_open: bool = False
    may_change: bool = False
    hidden: str | None = None
    asked: tuple[str, ...] = ("answered_only", "not_delivered")


def leg_events(contacts: dict[str, list[Leg]]) -> Iterator[Event]:
    """Yield the events of the answer rate, the speed of answer and the handle times."""
    reached = reached_callbacks(contacts)
    for legs in contacts.values():
        for leg in legs:
            if not leg.is_demand:
                continue
            keys = visit_keys(leg)
            if leg.has_queue:
                if leg.outcome == "lost_record":
                    yield Event("answer_rate", leg.day, keys, None)
                elif leg.outcome not in NOT_OFFERED:
                    amount: int | None = int(leg.is_answered)
                    if leg.outcome == "callback_taken":
                        kept = is_kept(leg, reached.get(leg.contact_id, []))
                        amount = None if kept is None else int(kept)
                    yield offered_event(leg, "answer_rate", keys, amount)
                if leg.is_answered or leg.outcome == "lost_record":
                    wait = leg.wait if leg.is_answered else None
                    yield Event("average_speed_of_answer_seconds", leg.day, keys, wait)
            if leg.is_answered:
                keys = handled_keys(leg)
                yield Event("average_handle_seconds", leg.day, keys, leg.handle)
                yield Event("average_talk_seconds", leg.day, keys, leg.talk)
                yield Event("average_hold_seconds", leg.day, keys, leg.hold)
                yield Event("average_wrap_up_seconds", leg.day, keys, leg.wrap_up)


def offered_event(
    leg: Leg, kpi_id: str, keys: dict[str, str], amount: int | None, reason: str = "answered_only"
) -> Event:
    """Return the event of an offered visit, which a delivery of answered ones cannot tell."""
    if leg.is_one_sided:
        return Event(kpi_id, leg.day, keys, None, hidden=reason)
    return Event(kpi_id, leg.day, keys, amount)


def visit_keys(leg: Leg) -> dict[str, str]:
    """Return the keys of a visit: its own."""
    return {
        "company": "company",
        "site": leg.site,
        "queue": leg.queue,
        "channel": leg.channel,
        "entry_reason": leg.entry_reason,
    }


def handled_keys(leg: Leg) -> dict[str, str]:
    """Return the keys of a leg that a person handled."""
    return visit_keys(leg) | {"team": leg.team, "reason": leg.reason}


def contact_keys(legs: list[Leg]) -> dict[str, str]:
    """Return a contact's keys: those of its first leg, and its last declared reason."""
    reasons = [leg.reason for leg in legs if leg.reason != UNASSIGNED]
    return {
        "company": "company",
        "site": legs[0].site,
        "queue": legs[0].queue,
        "channel": legs[0].channel,
        "reason": reasons[-1] if reasons else UNASSIGNED,
    }


def resolution_events(contacts: dict[str, list[Leg]]) -> Iterator[Event]:
    """Yield one event per contact with an answered inbound leg, by its last declaration."""
    for legs in contacts.values():
        if any(leg.is_answered and leg.is_demand for leg in legs):
            said = [leg.is_resolved for leg in legs if leg.is_answered]
            said = [declared for declared in said if declared is not None]
            amount = int(said[-1]) if said else None
            yield Event("declared_resolution_rate", legs[0].day, contact_keys(legs), amount)


def csat_events(tables: dict[str, list[Row]], contacts: dict[str, list[Leg]]) -> Iterator[Event]:
    """Yield the score and the top box of every satisfaction answer that counts, with a contact."""
    for answer in judged_answers(tables):
        scored = scored_answer(answer.row["scale_code"], answer.row["answer_text"])
        is_csat = answer.row["question_code"] == "csat" and answer.exclusion is None
        if not is_csat or answer.contact not in contacts:
            continue
        legs = contacts[answer.contact]
        answered = [leg for leg in legs if leg.is_answered]
        keys = contact_keys(legs) | {"team": answered[-1].team if answered else UNASSIGNED}
        yield Event("csat_score", legs[0].day, keys, scored[0] if scored else None)
        yield Event("csat_top_box_rate", legs[0].day, keys, scored[1] if scored else None)


def scored_answer(scale: str | None, text: str | None) -> tuple[Fraction, int] | None:
    """Return (score 0..100 to 12 decimals, 1 if in the top box), None if the text does not score.

    Scales are `points_<minimum>_<maximum>` and `thumbs`, high is good. The top box is one point of
    2 or 3 points, two of 4 to 7, three of 10 or 11.
    """
    if scale == "thumbs" and text is not None:
        scale, text = "points_0_1", {"good": "1", "bad": "0"}.get(text.strip().lower(), text)
    bounds = re.fullmatch(r"points_(\d+)_(\d+)", scale or "")
    if bounds is None or text is None:
        return None
    low, high = int(bounds[1]), int(bounds[2])
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    if not value.is_finite() or value != int(value) or not low <= value <= high:
        return None
    points = high - low + 1
    top = 1 if points <= 3 else 2 if points <= 7 else 3
    score = (100 * (value - low) / (high - low)).quantize(TWELVE_DECIMALS, ROUND_HALF_UP)
    return Fraction(score), int(value > high - top)
