"""The oracle's agent days (A7, A19): busy seconds split at midnight, and shared chat time."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

from tests.oracle.centre.centre import Row, current_versions
from tests.oracle.events import Event
from tests.oracle.visits.legs import Leg
from tests.oracle.world import World, seconds_from

TOLERANCE = 60
STATES = (
    "logged_in_seconds",
    "idle_seconds",
    "paid_seconds",
    "planned_seconds",
    "absent_seconds",
)


@dataclass(frozen=True)
class AgentDay:
    """One agent on one local day. `busy` is None where a leg of the day lacks a part."""

    row: Row
    busy: int | None
    is_failed: bool
    keys: dict[str, str]


def answered_legs(world: World) -> Iterator[Leg]:
    """Yield every leg that a known agent answered, outbound and callbacks included."""
    for legs in world.legs.values():
        yield from (leg for leg in legs if leg.is_answered and leg.agent is not None)


def busy_seconds(world: World) -> dict[tuple[str, date], int | None]:
    """Return handle seconds by agent and local day of their site, from the answer on.

    Seconds after a midnight belong to the next day. A leg that lacks a part makes the day of its
    answer unknown.
    """
    found: dict[tuple[str, date], int | None] = defaultdict(int)
    unknown: set[tuple[str, date]] = set()
    for leg in answered_legs(world):
        agent, start = leg.agent or "", begun_at(leg)
        site = world.centre.agent_site(agent, leg.day)
        day = world.centre.local_day(start, site)
        if leg.handle is None:
            unknown.add((agent, day))
            continue
        left = leg.handle
        found[agent, day] = found[agent, day] or 0
        while left > 0:
            room = seconds_from(start, world.centre.midnight(day + timedelta(days=1), site))
            spent = min(left, max(0, room))
            found[agent, day] = (found[agent, day] or 0) + spent
            left -= spent
            day += timedelta(days=1)
            start = world.centre.midnight(day, site)
    return dict(found) | dict.fromkeys(unknown)


def fct_agent_days(world: World) -> list[AgentDay]:
    """Return one row per agent and day that was delivered or worked, with busy and its audit.

    It fails where busy is above paid (else logged-in) seconds, or busy and idle above logged-in
    seconds by more than 60.
    """
    busy, found = busy_seconds(world), list[AgentDay]()
    rows = current_versions(world.tables.get("agent_days", []), ("agent_id", "work_date"))
    delivered = {(row["agent_id"], row["work_date"]) for row in rows}
    for agent, day in sorted(busy.keys() - delivered):
        rows.append(dict.fromkeys(STATES) | {"agent_id": agent, "work_date": day})
    for row in rows:
        agent, day = row["agent_id"], row["work_date"]
        spent, logged_in = busy.get((agent, day), 0), row["logged_in_seconds"]
        paid = logged_in if row["paid_seconds"] is None else row["paid_seconds"]
        idle = row["idle_seconds"] or 0
        is_failed = spent is not None and (
            (paid is not None and spent > paid)
            or (logged_in is not None and spent + idle > logged_in + TOLERANCE)
        )
        keys = {"company": "company", "site": world.centre.known_agent_site(agent, day)}
        keys |= {"team": world.centre.team(agent, day)}
        found.append(AgentDay(row, spent, is_failed, keys))
    return found


def agent_day_events(world: World) -> Iterator[Event]:
    """Yield the events of A7 and of absence; a row that fails its audit has no busy input."""
    for agent_day in fct_agent_days(world):
        row, keys = agent_day.row, agent_day.keys
        busy = None if agent_day.is_failed else agent_day.busy
        idle, paid = row["idle_seconds"], row["paid_seconds"]
        paid = row["logged_in_seconds"] if paid is None else paid
        present = None if busy is None or idle is None else busy + idle
        for kpi_id, above, below in (
            ("occupancy_rate", busy, present),
            ("utilisation_rate", busy, paid),
            ("absence_rate", row["absent_seconds"], row["planned_seconds"]),
        ):
            is_known = above is not None and below is not None
            amount, weight = (above, below) if is_known else (None, 0)
            yield Event(kpi_id, row["work_date"], keys, amount, weight or 0)


def begun_at(leg: Leg) -> datetime:
    """Return the instant of the answer; where none was delivered, entry and wait."""
    return leg.answered_at or leg.entered_at + timedelta(seconds=leg.wait or 0)


def effective_handle_seconds(world: World) -> dict[tuple[str, int], Fraction]:
    """Return the integral of 1/k over the handle time of each answered chat leg, by its key.

    k counts the agent's legs on any channel whose handle time, from the answer on, holds the
    instant. Instants are whole seconds, as durations are. Legs without a part or an agent are
    left out.
    """
    spans: dict[str, list[tuple[datetime, datetime, Leg]]] = defaultdict(list)
    for leg in answered_legs(world):
        if leg.handle is not None:
            start = begun_at(leg).replace(microsecond=0)
            spans[leg.agent or ""].append((start, start + timedelta(seconds=leg.handle), leg))
    found: dict[tuple[str, int], Fraction] = {}
    for own in spans.values():
        marks = sorted({mark for start, end, _ in own for mark in (start, end)})
        for start, end, leg in own:
            if leg.channel != "chat":
                continue
            total = Fraction(0)
            for low, high in pairwise(marks):
                if start <= low and high <= end:
                    k = sum(other[0] <= low and high <= other[1] for other in own)
                    total += Fraction(seconds_from(low, high), k)
            found[leg.contact_id, leg.number] = total
    return found
