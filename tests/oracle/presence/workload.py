"""The oracle's workload (A18): arrivals of a usual week, and the agents that they need."""

from collections import defaultdict
from datetime import UTC, date, timedelta
from math import ceil, exp, expm1
from typing import Any

from numpy.polynomial.legendre import leggauss

from tests.oracle.centre.channels import DEFERRED_CHANNELS
from tests.oracle.centre.targets import in_force
from tests.oracle.presence.agent_days import fct_agent_days
from tests.oracle.presence.reports import as_of_day
from tests.oracle.visits.events import visits
from tests.oracle.visits.facts import Fact, is_offered
from tests.oracle.visits.legs import Leg
from tests.oracle.visits.reports import GONE
from tests.oracle.world import World

WEEK = timedelta(days=7)
WEEKS, LEAST_HANDLED, ADDED_SECONDS = 4, 30, 60
HALF_HOUR = 1_800
NODES = [(float(x), float(w)) for x, w in zip(*leggauss(60), strict=True)]
Figures = dict[str, float | int | None]


def erlang_b(load: float, agents: int) -> float:
    """Return the loss probability."""
    loss = 1.0
    for number in range(1, agents + 1):
        loss = load * loss / (number + load * loss)
    return loss


def erlang_c(rate: float, handle: float, threshold: float, agents: int) -> Figures:
    """Return the figures of so many agents where nobody leaves; more of them than the load."""
    load = rate * handle
    loss = erlang_b(load, agents)
    waits = agents * loss / (agents - load * (1 - loss))
    return {
        "agent_count": agents,
        "wait_probability": waits,
        "mean_wait_seconds": waits * handle / (agents - load),
        "served_share": 1 - waits * exp(-(agents - load) * threshold / handle),
        "occupancy_share": load / agents,
    }


def erlang_a(rate: float, handle: float, theta: float, threshold: float, agents: int) -> Figures:
    """Return the figures of so many agents where customers leave at a rate: a chain of states.

    Whoever finds all agents busy is served within the threshold if their place comes up by then and
    they are still there: an integral over the wait that they would have with endless patience.
    """
    weights, place = [1.0], 0
    while place < agents or weights[-1] > 1e-30 * max(weights):
        place += 1
        leaving = min(place, agents) / handle + max(0, place - agents) * theta
        weights.append(weights[-1] * rate / leaving)
    total = sum(weights)
    queue = sum(max(0, place - agents) * weight for place, weight in enumerate(weights)) / total
    at_once = sum(weights[:agents]) / total

    def density(wait: float) -> float:
        grown = -rate / theta * expm1(-theta * wait) - agents * wait / handle
        return rate * weights[agents - 1] / total * exp(grown)

    half = threshold / 2
    later = sum(
        weight * half * density(half * (1 + x)) * exp(-theta * half * (1 + x))
        for x, weight in NODES
    )
    abandons = theta * queue / rate
    return {
        "agent_count": agents,
        "wait_probability": 1 - at_once,
        "abandonment_probability": abandons,
        "mean_wait_seconds": queue / rate,
        "served_share": at_once + later,
        "occupancy_share": rate * handle * (1 - abandons) / agents,
    }


def least(rate: float, handle: float, theta: float, threshold: float, target: float) -> Figures:
    """Return the figures of the least numbers that reach the target, by both formulas."""
    found: Figures = {}
    if not 0 < target < 1 or rate <= 0 or handle <= 0:
        return found
    agents = int(rate * handle) + 1
    while (erlang_c(rate, handle, threshold, agents)["served_share"] or 0) < target:
        agents += 1
    said = erlang_c(rate, handle, threshold, agents)
    found |= {f"erlang_c_{name}": value for name, value in said.items()}
    if theta > 0:
        agents = 1
        while (erlang_a(rate, handle, theta, threshold, agents)["served_share"] or 0) < target:
            agents += 1
        said = erlang_a(rate, handle, theta, threshold, agents)
        found |= {f"erlang_a_{name}": value for name, value in said.items()}
    return found


def workloads(world: World) -> dict[tuple[str, int, int], Fact]:
    """Return the row of every queue, ISO weekday and local half hour with an arrival."""
    first, end = weeks(world)
    queues: dict[str, list[Leg]] = defaultdict(list)
    cells: dict[tuple[str, int, int], list[Leg]] = defaultdict(list)
    for _, leg in visits(world):
        is_arrival = is_offered(leg) or leg.outcome == "short_abandon"
        if is_arrival and leg.channel not in DEFERRED_CHANNELS and first <= leg.day < end:
            queues[leg.queue].append(leg)
            local = leg.entered_at.replace(tzinfo=UTC).astimezone(world.centre.site_zone(leg.site))
            starts = (local.hour * 60 + local.minute) * 60 // HALF_HOUR * HALF_HOUR
            cells[leg.queue, leg.day.isoweekday(), starts].append(leg)
    return {
        key: _workload(world, key[0], legs, queues[key[0]], (end - first) // WEEK)
        for key, legs in cells.items()
    }


def weeks(world: World) -> tuple[date, date]:
    """Return the first day of the last four complete weeks, or of those known, and their end."""
    today = as_of_day(world)
    end = today - timedelta(days=today.weekday())
    known = min(leg.day for legs in world.legs.values() for leg in legs)
    return max(end - WEEKS * WEEK, known + timedelta(days=-known.weekday() % 7)), end


def shrinkage(world: World, site: str) -> tuple[int, int]:
    """Return (present, paid) seconds of a site's agent days with all three inputs."""
    first, end = weeks(world)
    present = paid = 0
    for agent_day in fct_agent_days(world):
        row = agent_day.row
        logged_in, paused, own = (row.get(f"{n}_seconds") for n in ("logged_in", "paused", "paid"))
        if agent_day.keys["site"] != site or not first <= row["work_date"] < end:
            continue
        if logged_in is not None and paused is not None and own is not None:
            present += logged_in - paused
            paid += own
    return present, paid


def goal(world: World, queue: str, column: str, default: Any) -> Any:
    """Return what the centre's targets say now of the service level of a queue."""
    members = [("queue", queue), ("site", queue_site(world, queue)), ("company", "company")]
    found = in_force(world.centre, "service_level", column, as_of_day(world), members)
    return default if found is None else found


def queue_site(world: World, queue: str) -> str:
    """Return the site of a queue, else the home's default."""
    return world.centre.queue_sites.get(queue) or world.centre.site


def _workload(world: World, queue: str, legs: list[Leg], all_legs: list[Leg], count: int) -> Fact:
    own, every = (
        [leg for leg in some if leg.handle is not None and leg.is_answered]
        for some in (legs, all_legs)
    )
    is_queue_handle = len(own) < LEAST_HANDLED
    handled = every if is_queue_handle else own
    waited = sum(leg.wait for leg in all_legs if leg.wait is not None)
    gone = sum(leg.outcome in GONE and leg.wait is not None for leg in all_legs)
    rate, theta = len(legs) / (count * HALF_HOUR), gone / waited if waited else None
    handle = sum(leg.handle or 0 for leg in handled) / len(handled) if handled else None
    threshold = goal(world, queue, "threshold_seconds", 20)
    target = float(goal(world, queue, "target", 0.8))
    present, paid = shrinkage(world, queue_site(world, queue))
    row: Fact = {
        "week_count": count,
        "arrival_count": len(legs),
        "handled_count": len(handled),
        "is_queue_handle": is_queue_handle,
        "shrinkage_share": 1 - present / paid if paid else None,
        "arrival_rate": rate,
        "mean_handle_seconds": handle,
        "patience_rate": theta,
        "threshold_seconds": threshold,
        "target_share": target,
        "load_erlangs": None if handle is None else rate * handle,
    }
    if handle is not None:
        now = least(rate, handle, theta or 0, threshold, target)
        longer = least(rate, handle + ADDED_SECONDS, theta or 0, threshold, target)
        row |= now
        for name in ("erlang_c", "erlang_a"):
            agents, more = now.get(f"{name}_agent_count"), longer.get(f"{name}_agent_count")
            if agents is not None and more is not None:
                row[f"{name}_added_agent_count"] = more - agents
            if agents is not None and present > 0:
                row[f"{name}_paid_agent_count"] = ceil(agents * paid / present)
    return row
