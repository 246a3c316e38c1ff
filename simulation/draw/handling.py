"""What happens once an agent has answered: talk, hold, wrap-up, and whether it is solved.

Every planted effect on the agent's work is in this module.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.calendars import DAY, Horizon
from simulation.centre import (
    HARDER_REASON_CODE,
    HARDER_RESOLUTION_EFFECT,
    HARDER_TALK_FACTOR,
    HURRIED_RESOLUTION_EFFECT,
    HURRIED_TALK_FACTOR,
    HURRIED_TEAM_ID,
    NEW_AGENT_SECONDS,
    NEW_AGENT_TALK_FACTOR,
    PHONE,
    QUALITY_RESOLUTION_EFFECT,
    QUEUES,
    REASONS,
    TEAMS,
    Columns,
)
from simulation.draw.arrivals import Demand
from simulation.draw.staff import Staff, assign

TALK_SIGMA, WRAP_SIGMA = 0.5, 0.6
CHANNEL_TALK_FACTORS = np.array([1.0, 1.5, 0.9, 0.8])
CHANNEL_WRAP_SECONDS = np.array([42.0, 20.0, 15.0, 12.0])
HOLD_PROBABILITY, HOLD_SECONDS = 0.25, 60.0
NO_WRAP_UP_SHARE = 0.02
LONGEST_TALK_SECONDS = 14_000
QUEUE_CHANNELS = np.array([queue.channel for queue in QUEUES])
HURRIED_TEAM = [team.team_id for team in TEAMS].index(HURRIED_TEAM_ID)
HARDER_REASON = [reason.reason_code for reason in REASONS].index(HARDER_REASON_CODE)
TALK_SECONDS = np.array([reason.talk_seconds for reason in REASONS])
RESOLUTION = np.array([reason.resolution for reason in REASONS])

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class World:
    """The centre of one simulation: its weeks, its demand and its agents."""

    horizon: Horizon
    demand: Demand
    staff: Staff

    @property
    def hurried_day(self) -> int:
        """From this Monday one team hurries; days since 1970-01-01."""
        return self.horizon.first_day + 7 * (self.horizon.weeks // 2)

    @property
    def harder_day(self) -> int:
        """From this Monday one reason is harder to solve; days since 1970-01-01."""
        return self.horizon.first_day + 7 * (self.horizon.weeks * 5 // 8)


def effects(world: World, agent: Ints, day: Ints, reason: Ints) -> Columns:
    """Which planted effects touch each answered leg: `is_new`, `is_hurried`, `is_harder`."""
    team = world.staff.team_on(agent, day)
    return {
        "team": team,
        "is_new": day - world.staff.hired[agent] < NEW_AGENT_SECONDS // DAY,
        "is_hurried": (team == HURRIED_TEAM) & (day >= world.hurried_day),
        "is_harder": (reason == HARDER_REASON) & (day >= world.harder_day),
    }


def handle(
    rng: np.random.Generator, world: World, queue: Ints, reason: Ints, answered_at: Ints
) -> Columns:
    """Agent, durations and resolution of answered legs, with their expectations.

    Durations are whole seconds; `wrap_up_seconds` is -1 where the feed did not close it.
    `talk_mean`, `hold_mean`, `wrap_up_mean` and `resolution` are what was drawn from.
    """
    size, staff = len(queue), world.staff
    agent, day = assign(rng, world.horizon, staff, queue, answered_at)
    touched = effects(world, agent, day, reason)
    channel = QUEUE_CHANNELS[queue]
    pace = np.exp(staff.speed[agent]) * np.where(touched["is_new"], NEW_AGENT_TALK_FACTOR, 1.0)
    talk = TALK_SECONDS[reason] * CHANNEL_TALK_FACTORS[channel] * pace
    talk *= np.where(touched["is_hurried"], HURRIED_TALK_FACTOR, 1.0)
    talk *= np.where(touched["is_harder"], HARDER_TALK_FACTOR, 1.0)
    wrap = CHANNEL_WRAP_SECONDS[channel] * pace
    holds = (rng.random(size) < HOLD_PROBABILITY) & (channel == PHONE)
    hold = np.where(holds, np.rint(rng.exponential(HOLD_SECONDS, size)), 0).astype(np.int64)
    wrap_up = np.rint(wrap * np.exp(rng.normal(0, WRAP_SIGMA, size))).astype(np.int64)
    wrap_up[rng.random(size) < NO_WRAP_UP_SHARE] = -1
    spoken = np.rint(talk * np.exp(rng.normal(0, TALK_SIGMA, size)))
    resolution = RESOLUTION[reason] + QUALITY_RESOLUTION_EFFECT * staff.quality[agent]
    resolution += HURRIED_RESOLUTION_EFFECT * touched["is_hurried"]
    resolution += HARDER_RESOLUTION_EFFECT * touched["is_harder"]
    resolution = np.clip(resolution, 0.02, 0.98)
    return {
        "agent": agent,
        "day": day,
        **touched,
        "talk_seconds": np.clip(spoken, 1, LONGEST_TALK_SECONDS).astype(np.int64),
        "hold_seconds": hold,
        "wrap_up_seconds": wrap_up,
        "talk_mean": talk * np.exp(TALK_SIGMA**2 / 2),
        "hold_mean": np.where(channel == PHONE, HOLD_PROBABILITY * HOLD_SECONDS, 0.0),
        "wrap_up_mean": wrap * np.exp(WRAP_SIGMA**2 / 2),
        "resolution": resolution,
        "solved": rng.random(size) < resolution,
    }
