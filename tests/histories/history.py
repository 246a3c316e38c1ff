"""Random histories of a small centre in the shape of the standard source."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from hypothesis import strategies as st

from tests.histories.agents import agent_day_rows, agent_rows
from tests.histories.centre import (
    FAR_ZONES,
    HOME_SITE,
    HOME_ZONE,
    SWITCHES,
    Mood,
    centre_lists,
    chance,
)
from tests.histories.contacts import contact_rows
from tests.histories.deliveries import (
    leg_corrections,
    misdated,
    redelivered,
    without_columns,
)
from tests.histories.followed import closing_tables, followed_tables
from tests.histories.followups import sale_rows, session_rows, ticket_rows
from tests.histories.issues import closing_issues, issue_tables
from tests.histories.returns import return_rows
from tests.histories.rows import KEYS, Row, delivered_row
from tests.histories.surveys import survey_rows
from tests.histories.totals import control_total_rows
from tests.oracle.centre.as_of import latest_instant

PARTS = ("wait", "talk", "hold", "wrap_up", "resolved")


@dataclass(frozen=True)
class History:
    """What a centre delivered: tables by raw table, lists by name, the home's zone and site.

    Every row carries all columns of its table, `updated_at`, `delivered_date` and `row_hash`;
    rows that say the same have one hash; `lacks` of a leg are the columns that its file had not
    (all others have all). Instants are naive UTC. `as_of` None means that it
    follows from the rows; given, it is never before them. No row is in any order of time.
    """

    tables: dict[str, list[Row]]
    lists: dict[str, list[Row]]
    zone: str = HOME_ZONE
    site: str = HOME_SITE
    as_of: datetime | None = None

    @property
    def as_of_text(self) -> str | None:
        """`as_of` as a build is told it, in whole seconds."""
        return self.as_of and self.as_of.isoformat(sep=" ", timespec="seconds")


def histories(max_contacts: int = 14) -> st.SearchStrategy[History]:
    """Return a strategy of histories of 1 to `max_contacts` contacts with up to 3 legs each."""
    return st.builds(
        _small_history, st.randoms(use_true_random=False), st.integers(1, max_contacts)
    )


def seeded_history(seed: int, contacts: int) -> History:
    """Return one larger history, always the same for a seed: about seven weeks around a switch.

    Quality falls at the switch, so that some changes are real.
    """
    rng = Random(seed)
    mood = Mood(
        switch_at=rng.choice(SWITCHES),
        far_zone=rng.choice(FAR_ZONES),
        before_days=24,
        after_days=24,
        missing_percent={part: rng.choice([0, 2, 10]) for part in PARTS}
        | {"updated": 15, "customer": 8},
        survey_percent=40,
        rare_percent=6,
        agent_count=8,
        customer_count=max(3, contacts // 3),
        is_drifting=True,
    )
    return _history(rng, mood, contacts)


def _small_history(rng: Random, contacts: int) -> History:
    missing = {part: rng.choice([0, 0, 15, 40]) for part in PARTS}
    missing["updated"] = rng.choice([15, 100])  # a feed may know of no updates at all
    missing["customer"] = rng.choice([0, 0, 10, 40])
    mood = Mood(
        switch_at=rng.choice(SWITCHES),
        far_zone=rng.choice(FAR_ZONES),
        before_days=rng.choice([0, 1, 8]),
        after_days=rng.choice([0, 1, 8]),
        missing_percent=missing,
        survey_percent=rng.choice([100, 50]),
        rare_percent=15,
        agent_count=3,
    )
    return _history(rng, mood, contacts)


def _history(rng: Random, mood: Mood, contacts: int) -> History:
    tables: dict[str, list[Row]] = {name: [] for name in KEYS}
    tables["agents"] = agent_rows(rng, mood)
    tables["agent_days"] = agent_day_rows(rng, mood)
    for number in range(1, contacts + 1):
        legs, name = contact_rows(rng, mood, number), f"c{number}"
        _add(rng, mood, tables, legs, name)
        while legs and chance(rng, 45) and len(name.rstrip("r")) + 3 > len(name):
            name += "r"
            legs = return_rows(rng, mood, legs, name)
            _add(rng, mood, tables, legs, name)
    tables["contact_legs"] += misdated(tables["contact_legs"])
    tables["control_totals"] = control_total_rows(rng, mood)
    for name, rows in issue_tables(rng, mood, max(1, contacts // 20)).items():
        tables[name] += rows
    for name, rows in followed_tables(rng, mood, max(1, contacts // 20)).items():
        tables[name] += rows
    as_of = None if chance(rng, 40) else _as_of(rng, tables)
    # A build is told whole seconds.
    latest = as_of.replace(microsecond=0) if as_of else latest_instant(tables, HOME_ZONE)
    seen = latest or mood.switch_at
    for name, rows in closing_issues(rng, seen).items():
        tables[name] += rows
    for name, rows in closing_tables(rng, mood, seen).items():
        tables[name] += rows
    percent = rng.choice([0, 10, 100]) if contacts < 20 else 6
    tables["contact_legs"] = without_columns(rng, tables["contact_legs"], percent)
    for rows in tables.values():
        rng.shuffle(rows)
    return History(tables, centre_lists(rng, mood), as_of=as_of)


def _add(
    rng: Random, mood: Mood, tables: dict[str, list[Row]], legs: list[Row], contact: str
) -> None:
    """Add the deliveries of a contact's legs and of all that follows it."""
    for leg in legs:
        tables["contact_legs"] += redelivered(rng, mood, leg, leg_corrections(leg))
    invitations, answers = survey_rows(rng, mood, legs[0])
    tables["survey_invitations"] += invitations
    tables["survey_answers"] += answers
    tables["selfcare_sessions"] += session_rows(rng, mood, legs[0], contact)
    tables["sales"] += sale_rows(rng, mood, legs[0], contact)
    tickets, changes = ticket_rows(rng, mood, legs[0], contact)
    tables["tickets"] += tickets
    tables["ticket_changes"] += changes


def _as_of(rng: Random, tables: dict[str, list[Row]]) -> datetime:
    """Choose an instant after all rows, and add records that turn into lost ones around it."""
    instants = [
        value
        for rows in tables.values()
        for row in rows
        for column, value in row.items()
        if column.endswith("_at") and value is not None
    ]
    as_of = max(instants) + timedelta(days=1, seconds=1)
    ends = [row["ended_at"] for row in tables["contact_legs"] if row["ended_at"] is not None]
    if ends and chance(rng, 40):  # windows that close at this very instant
        edge = rng.choice(ends) + timedelta(days=rng.choice([7, 30, 90]))
        as_of = max(as_of, edge)
    if chance(rng, 50):
        for number, second in enumerate((0, 1)):
            entered = as_of - timedelta(days=1) + timedelta(seconds=second)
            said = {"contact_id": f"open{number}", "leg_number": 1, "direction_code": "inbound"}
            said |= {"queue_id": "q1", "channel_code": "voice", "entered_at": entered}
            tables["contact_legs"].append(delivered_row("contact_legs", **said))
    return as_of
