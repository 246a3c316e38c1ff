"""The oracle's reports on agents: their days, turnover, and how many chats they hold at once."""

from collections import Counter, defaultdict
from datetime import UTC, date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracle.presence.agent_days import (
    answered_legs,
    begun_at,
    effective_handle_seconds,
    fct_agent_days,
)
from tests.oracle.visits.counts import ratio
from tests.oracle.visits.facts import Fact, known
from tests.oracle.world import World, periods

STATES = "idle logged_in paid paused planned absent"


def agent_days(world: World) -> dict[tuple[str, date], Fact]:
    """Return the row of every agent and local day that was delivered or worked."""
    unmeasured: Counter[tuple[str, date]] = Counter()
    for leg in answered_legs(world):
        site = world.centre.agent_site(leg.agent, leg.day)
        day = world.centre.local_day(begun_at(leg), site)
        unmeasured[leg.agent or "", day] += leg.handle is None
    delivered = {(row["agent_id"], row["work_date"]) for row in world.tables.get("agent_days", [])}
    found: dict[tuple[str, date], Fact] = {}
    for agent_day in fct_agent_days(world):
        row = agent_day.row
        key = (row["agent_id"], row["work_date"])
        found[key] = {f"{state}_seconds": row.get(f"{state}_seconds") for state in STATES.split()}
        found[key] |= {
            "team_id": known(agent_day.keys["team"]),
            "site_id": known(agent_day.keys["site"]),
            "is_delivered": key in delivered,
            "is_plausible": not agent_day.is_failed,
            "busy_seconds": agent_day.busy,
            "unmeasured_leg_count": unmeasured[key],
        }
    return found


def as_of_day(world: World) -> date:
    """Return the last day that has begun everywhere: the local one of the zone furthest west."""
    zones = {zone for zone in world.centre.zones.values() if zone} | {world.centre.zone}
    as_of = (world.as_of or min_entry(world)).replace(tzinfo=UTC)
    return min(as_of.astimezone(ZoneInfo(zone)).date() for zone in zones)


def min_entry(world: World) -> Any:
    """Return the first accepted instant of entry, tests and older versions included."""
    return min(row["entered_at"] for row in world.tables["contact_legs"])


def first_day(world: World) -> date:
    """Return the local day of the first contact that is known, else the last day."""
    last = as_of_day(world)
    days = [leg.day for legs in world.legs.values() for leg in legs if leg.day <= last]
    return min(days, default=last)


def turnover(world: World) -> dict[tuple[date, str, str], Fact]:
    """Return leavers and the mean of agents by (month, company or site, member).

    An agent is there on the days of an assignment, up to the day of leaving.
    """
    last, day = as_of_day(world), first_day(world).replace(day=1)
    first, agents = day, {row["agent_id"] for row in world.centre.assignments}
    days: Counter[date] = Counter()
    present: Counter[tuple[date, str, str]] = Counter()
    left: Counter[tuple[date, str, str]] = Counter()
    while day <= last:
        month = day.replace(day=1)
        days[month] += 1
        for agent in agents:
            row = world.centre.assignment(agent, day)
            if row and (row["left_date"] is None or day <= row["left_date"]):
                present.update(_places(world, month, agent, day))
        day += timedelta(days=1)
    leavers = {(row["agent_id"], row["left_date"]) for row in world.centre.assignments}
    for agent, gone in leavers:
        if gone is not None and first <= gone <= last:
            held = _last_day(world, agent, gone)
            left.update(_places(world, gone.replace(day=1), agent, held))
    found: dict[tuple[date, str, str], Fact] = {}
    for key in present.keys() | left.keys():
        month = key[0]
        found[key] = {
            "left_count": left[key],
            "agent_day_count": present[key],
            "day_count": days[month],
            "turnover_rate": ratio(left[key] * days[month], present[key]),
            "is_final": (month + timedelta(days=31)).replace(day=1) <= last,
        }
    return found


def _last_day(world: World, agent: str, day: date) -> date:
    """Return the last day up to this one with an assignment; this one where there is none."""
    begun = [
        min(row["valid_to_date"] or date.max, day)
        for row in world.centre.assignments
        if row["agent_id"] == agent and (row["valid_from_date"] or date.min) <= day
    ]
    return max(begun, default=day)


def _places(world: World, month: date, agent: str, day: date) -> list[tuple[date, str, str]]:
    site = world.centre.known_agent_site(agent, day)
    return [(month, "company", "company"), (month, "site", site)]


def chats(world: World) -> dict[tuple[str, int], Fact]:
    """Return the row of every answered inbound chat leg."""
    shared = effective_handle_seconds(world)
    return {
        (leg.contact_id, leg.number): {
            "agent_id": leg.agent,
            "site_id": leg.site,
            "team_id": known(leg.team),
            "entered_date": leg.day,
            "handle_seconds": leg.handle,
            "effective_handle_sum": shared.get((leg.contact_id, leg.number)),
        }
        for legs in world.legs.values()
        for leg in legs
        if leg.is_handled and leg.channel == "chat"
    }


def chat_concurrency(world: World) -> dict[tuple[str, date, str, str], Fact]:
    """Return handle seconds and the agents' own by (week or month, start, scope, member)."""
    cells: dict[tuple[str, date, str, str], list[Fact]] = defaultdict(list)
    for chat in chats(world).values():
        for period, start in periods(chat["entered_date"], date.min)[1:3]:
            cells[period, start, "company", "company"].append(chat)
            cells[period, start, "team", chat["team_id"] or "unassigned"].append(chat)
    found: dict[tuple[str, date, str, str], Fact] = {}
    for key, own in cells.items():
        full = [chat for chat in own if chat["effective_handle_sum"] is not None]
        handle = sum(chat["handle_seconds"] for chat in full)
        effective = sum(chat["effective_handle_sum"] for chat in full)
        found[key] = {
            "answered_count": len(own),
            "chat_count": len(full),
            "handle_seconds": handle,
            "effective_handle_sum": effective,
            "input_share": ratio(len(full), len(own)),
            "concurrency_coefficient": ratio(handle, effective),
        }
    return found
