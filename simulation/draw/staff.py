"""Agents: who they are, in which team on which day, and who takes which contact."""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from simulation.calendars import Horizon, weekdays
from simulation.centre import PHONE, QUEUES, SITES, TEAMS

CONTACTS_PER_AGENT_WEEK = {False: 150, True: 85}
"""By whether a pool is digital: what a week of five shifts takes without long days."""
LEAST_AGENTS = 6
LONG_SERVING = 2
FOREVER = 1 << 40
LATE_SHIFT_HOUR = 14
CONTACTS_AT_ONCE = 3

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Staff:
    """Columns of agents; days since 1970-01-01, `left` and `moved` far away when never.

    `speed` is the agent's log factor on talk and wrap-up, `quality` a standard normal score.
    `roster` holds agents by group (pool, day, shift); `first` and `size` find a group in it.
    """

    pool: Ints
    team: Ints
    next_team: Ints
    hired: Ints
    moved: Ints
    left: Ints
    speed: NDArray[np.float64]
    quality: NDArray[np.float64]
    roster: Ints
    first: Ints
    size: Ints
    days: int

    def team_on(self, agents: Ints, days: Ints) -> Ints:
        """Team of each agent on each local day."""
        return np.where(days >= self.moved[agents], self.next_team[agents], self.team[agents])


def pool_of(site: int, is_digital: bool) -> int:
    """Number of the pool of agents that serves a site's phone, or its chat and e-mail."""
    return 2 * site + int(is_digital)


QUEUE_POOLS = np.array([pool_of(queue.site, queue.channel != PHONE) for queue in QUEUES])
QUEUE_SITES = np.array([queue.site for queue in QUEUES])


def draw_staff(rng: np.random.Generator, horizon: Horizon, contacts: int) -> Staff:
    """Agents in proportion to contacts, at least six to a pool; some join, move or leave."""
    pools, teams = [], []
    for pool in sorted({int(pool) for pool in QUEUE_POOLS}):
        site = pool // 2
        share = sum(q.share for q, p in zip(QUEUES, QUEUE_POOLS, strict=True) if p == pool)
        weekly = contacts / horizon.weeks * SITES[site].share * share
        size = max(LEAST_AGENTS, ceil(weekly / CONTACTS_PER_AGENT_WEEK[pool % 2 == 1]))
        own = [n for n, t in enumerate(TEAMS) if pool_of(t.site, t.is_digital) == pool]
        pools += [pool] * size
        teams += [own[place % len(own)] for place in range(size)]
    pool, team = np.array(pools), np.array(teams)
    count, place = len(pool), place_in_group(pool)
    begin, weeks = horizon.first_day, horizon.weeks
    is_new = (rng.random(count) < 0.25) & (place >= 2 * LONG_SERVING)
    hired = begin - rng.integers(200, 2500, count)
    hired = hired - weekdays(hired)
    hired[is_new] = begin + 7 * rng.integers(-10, weeks, int(is_new.sum()))
    colleague = colleague_team(team)
    may_change = ~is_new & (place >= LONG_SERVING) & (weeks > 2)
    moves = may_change & (colleague != team)
    moves &= (rng.random(count) < 0.06) | (np.cumsum(moves) == 1)
    moved = np.full(count, FOREVER)
    moved[moves] = begin + 7 * rng.integers(1, max(weeks - 1, 2), int(moves.sum()))
    leaves = may_change & ~moves
    leaves &= (rng.random(count) < 0.08) | (np.cumsum(leaves) == 1)
    left = np.full(count, FOREVER)
    left[leaves] = begin + 4 + 7 * rng.integers(1, max(weeks - 1, 2), int(leaves.sum()))
    speed, quality = rng.normal(0, 0.12, count), rng.normal(0, 1, count)
    roster, first, size = draw_roster(horizon, pool, place, hired, left)
    return Staff(
        pool, team, np.where(moves, colleague, team), hired, moved, left, speed,
        np.clip(quality, -2.5, 2.5), roster, first, size, len(first) // (2 * 2 * len(SITES)),
    )  # fmt: skip


def place_in_group(groups: Ints) -> Ints:
    """0, 1, 2 ... within each run of equal values."""
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    return np.arange(len(groups)) - np.repeat(starts, np.diff(np.r_[starts, len(groups)]))


def colleague_team(team: Ints) -> Ints:
    """The next team of the same pool; the own one where it is alone."""
    others = []
    for number, own in enumerate(TEAMS):
        peers = [
            n for n, t in enumerate(TEAMS) if (t.site, t.is_digital) == (own.site, own.is_digital)
        ]
        others.append(peers[(peers.index(number) + 1) % len(peers)])
    return np.array(others)[team]


def draw_roster(
    horizon: Horizon, pool: Ints, place: Ints, hired: Ints, left: Ints
) -> tuple[Ints, Ints, Ints]:
    """Who works in each pool, day and shift: five of six days, early, late or both shifts."""
    days = int(horizon.local_day.max()) - horizon.first_day + 1
    agents = np.arange(len(pool))
    groups: list[Ints] = []
    for number in range(2 * len(SITES)):
        own = agents[pool == number]
        for day in range(horizon.first_day, horizon.first_day + days):
            active = own[(hired[own] <= day) & (day <= left[own])]
            here = active[(day + 3 + active) % 6 != 0]
            for shift in range(2):
                working = here[(place[here] + day // 7) % 3 != shift]
                groups.append(next(g for g in (working, here, active, own) if len(g) or g is own))
    size = np.array([len(group) for group in groups])
    return np.concatenate(groups), np.cumsum(size) - size, size


def assign(
    rng: np.random.Generator, horizon: Horizon, staff: Staff, queue: Ints, instants: Ints
) -> tuple[Ints, Ints]:
    """The agent and the site's local day of each contact: those on shift take turns."""
    hour = horizon.index(instants)
    site = QUEUE_SITES[queue]
    day = horizon.local_day[site, hour]
    place = np.clip(day - horizon.first_day, 0, staff.days - 1)
    late = horizon.local_hour[site, hour] >= LATE_SHIFT_HOUR
    group = (QUEUE_POOLS[queue] * staff.days + place) * 2 + late
    order = np.lexsort((instants, group))
    turn = np.empty(len(group), dtype=np.int64)
    if len(group):
        turn[order] = place_in_group(group[order])
    # Digital agents take several in a row, so that their contacts overlap.
    turn = np.where(QUEUE_POOLS[queue] % 2 == 1, turn // CONTACTS_AT_ONCE, turn)
    turn += rng.integers(0, 1 << 20, len(staff.first))[group]
    return staff.roster[staff.first[group] + turn % staff.size[group]], day
