"""Legs and contacts as the oracle judges them: owners, local days, outcomes, waits."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.kpis.oracle_centre import UNASSIGNED, Centre, Row, current_versions

LOST_AFTER = timedelta(hours=24)
CALLBACK_PROMISE = timedelta(seconds=86_400)


@dataclass(frozen=True)
class Leg:
    """One judged leg that is not a test. Absent keys are `unassigned`, unknown seconds None."""

    contact_id: str
    number: int
    entered_at: datetime
    answered_at: datetime | None
    day: date
    site: str
    queue: str
    channel: str
    entry_reason: str
    reason: str
    team: str
    has_queue: bool
    is_inbound: bool
    callback_of: str | None
    outcome: str
    is_answered: bool
    wait: int | None
    talk: int | None
    hold: int | None
    wrap_up: int | None
    is_resolved: bool | None
    ended_at: datetime | None
    customer: str | None
    agent: str | None
    transfer_kind: str | None
    transferred_at: datetime | None
    is_callback_offered: bool | None
    sent_to: str | None
    promoted: str | None
    contact_started_at: datetime | None
    unanswered_rings: int | None

    @property
    def is_demand(self) -> bool:
        """Whether the leg is inbound and no callback attempt."""
        return self.is_inbound and self.callback_of is None

    @property
    def is_handled(self) -> bool:
        """Whether a person answered this leg and it is demand."""
        return self.is_demand and self.is_answered

    @property
    def handle(self) -> int | None:
        """Seconds of talk, hold and wrap-up, None unless all three are known."""
        if self.talk is None or self.hold is None or self.wrap_up is None:
            return None
        return self.talk + self.hold + self.wrap_up


def judged_contacts(
    rows: list[Row], centre: Centre, as_of: datetime | None
) -> dict[str, list[Leg]]:
    """Return the legs of every contact in order of their number, tests left out."""
    contacts: dict[str, list[Leg]] = defaultdict(list)
    for row in current_versions(rows, ("contact_id", "leg_number")):
        if not row["is_test"]:
            contacts[row["contact_id"]].append(judged_leg(row, centre, as_of))
    return {contact: sorted(legs, key=lambda leg: leg.number) for contact, legs in contacts.items()}


def judged_leg(row: Row, centre: Centre, as_of: datetime | None) -> Leg:
    """Return the leg with its owners, local day, outcome and wait."""
    site = centre.leg_site(row)
    day = centre.local_day(row["entered_at"], site)
    outcome = _outcome(row, as_of)
    wait = _wait(row, outcome)
    if outcome == "answered" and row["actor_kind_code"] not in (None, "person"):
        outcome = "ivr_only"  # what a bot answered was served by the menu
    threshold = centre.short_seconds(row["queue_id"], site, day)
    if outcome == "abandoned" and wait is not None and wait <= threshold:
        outcome = "short_abandon"
    return Leg(
        contact_id=row["contact_id"],
        number=row["leg_number"],
        entered_at=row["entered_at"],
        answered_at=row["answered_at"],
        day=day,
        site=site,
        queue=row["queue_id"] or UNASSIGNED,
        channel=row["channel_code"] or UNASSIGNED,
        entry_reason=row["entry_reason_code"] or UNASSIGNED,
        reason=row["reason_code"] or UNASSIGNED,
        team=centre.team(row["agent_id"], day),
        has_queue=row["queue_id"] is not None,
        is_inbound=row["direction_code"] != "outbound",
        callback_of=row["callback_of_contact_id"],
        outcome=outcome,
        is_answered=outcome == "answered",
        wait=wait,
        talk=row["talk_seconds"],
        hold=row["hold_seconds"],
        wrap_up=row["wrap_up_seconds"],
        is_resolved=row["is_resolved"],
        ended_at=row["ended_at"],
        customer=row["customer_id"],
        agent=row["agent_id"],
        transfer_kind=row["transfer_kind_code"],
        transferred_at=row["transferred_at"],
        is_callback_offered=row["is_callback_offered"],
        sent_to=row["sent_to_channel_code"],
        promoted=row["promoted_channel_code"],
        contact_started_at=row["contact_started_at"],
        unanswered_rings=row["unanswered_ring_count"],
    )


def _outcome(row: Row, as_of: datetime | None) -> str:
    if row["outcome_code"] is not None:
        return row["outcome_code"]
    if row["answered_at"] is not None and row["ended_at"] is not None:
        return "answered"
    if as_of is not None and row["entered_at"] + LOST_AFTER <= as_of:
        return "lost_record"
    return "in_progress"


def _wait(row: Row, outcome: str) -> int | None:
    # The wait of an answered leg ends at its answer: up to its end it would hold the talk too. So
    # does that of a leg without a terminal event: its end may be the end of a talk.
    is_answer = outcome in ("answered", "in_progress", "lost_record")
    until = row["answered_at"] if is_answer else row["ended_at"]
    if until is None:
        return row["wait_seconds"]
    return (until - row["entered_at"]) // timedelta(seconds=1)


def first_reached(contacts: dict[str, list[Leg]]) -> dict[str, datetime]:
    """Return when a person first answered a callback, by the contact that is called back."""
    found: dict[str, datetime] = {}
    for leg in (leg for legs in contacts.values() for leg in legs):
        at, promised = leg.answered_at, leg.callback_of
        if promised is not None and leg.is_answered and at is not None:
            found[promised] = min(at, found.get(promised, at))
    return found
