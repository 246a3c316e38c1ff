"""Legs and contacts as the oracle judges them: owners, local days, outcomes, waits."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.oracle.centre.centre import UNASSIGNED, Centre, Row, current_versions
from tests.oracle.centre.channels import DEFERRED_CHANNELS

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
    promised_at: datetime | None
    is_person: bool
    is_inferred: bool
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
    lacks: frozenset[str] = frozenset()

    @property
    def is_one_sided(self) -> bool:
        """Whether its delivery cannot tell answered from unanswered."""
        return "outcome_code" in self.lacks

    @property
    def is_demand(self) -> bool:
        """Whether the leg is inbound and no callback attempt."""
        return self.is_inbound and self.callback_of is None

    @property
    def is_handled(self) -> bool:
        """Whether a person answered this leg and it is demand."""
        return self.is_demand and self.is_answered

    @property
    def promised_until(self) -> datetime:
        """When the promise of a callback ends: it runs from the promise, else from the entry."""
        return (self.promised_at or self.entered_at) + CALLBACK_PROMISE

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
    channel = centre.channel(row["channel_code"])
    outcome = _outcome(row, channel, as_of)
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
        channel=channel or UNASSIGNED,
        entry_reason=row["entry_reason_code"] or UNASSIGNED,
        reason=row["reason_code"] or UNASSIGNED,
        team=centre.team(row["agent_id"], day),
        has_queue=row["queue_id"] is not None,
        is_inbound=row["direction_code"] != "outbound",
        callback_of=row["callback_of_contact_id"],
        promised_at=row["callback_promised_at"],
        is_person=row["actor_kind_code"] in (None, "person"),
        is_inferred=row["outcome_code"] is None and outcome == "answered",
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
        sent_to=centre.channel(row["sent_to_channel_code"]),
        promoted=centre.channel(row["promoted_channel_code"]),
        contact_started_at=row["contact_started_at"],
        unanswered_rings=row["unanswered_ring_count"],
        lacks=frozenset(row.get("lacks", ())),
    )


def _outcome(row: Row, channel: str | None, as_of: datetime | None) -> str:
    if row["outcome_code"] is not None:
        return row["outcome_code"]
    if row["answered_at"] is not None and row["ended_at"] is not None:
        return "answered"
    is_live = channel not in DEFERRED_CHANNELS  # an open mail is open, however old
    if is_live and as_of is not None and row["entered_at"] + LOST_AFTER <= as_of:
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


def reached_callbacks(contacts: dict[str, list[Leg]]) -> dict[str, list[datetime | None]]:
    """Return when persons answered callbacks, by the contact that is called back.

    None is an answer of which nobody says when.
    """
    found: dict[str, list[datetime | None]] = defaultdict(list)
    for leg in (leg for legs in contacts.values() for leg in legs):
        if leg.callback_of is not None and leg.is_answered:
            found[leg.callback_of].append(leg.answered_at)
    return found


def is_kept(leg: Leg, reached: list[datetime | None]) -> bool | None:
    """Return whether the promise of a visit was kept, None where nobody can say."""
    if any(at is not None and at <= leg.promised_until for at in reached):
        return True
    return None if None in reached else False
