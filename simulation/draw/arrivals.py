"""When customers come: shares of queues and hours, drawn arrivals and the load they make."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.calendars import HOUR, Horizon, weekdays
from simulation.centre import EMAIL, QUEUES, SITES

WEEKDAY_SHAPE = np.array([1.25, 1.08, 1.0, 0.97, 0.95, 0.55, 0.25])
HOUR_SHAPE = np.array(
    [.02, .01, .01, .01, .02, .05, .15, .35, .65, 1.1, 1.3, 1.25, .95, .9, 1.1, 1.15, 1.05, .95,
     .75, .55, .4, .3, .15, .05]
)  # fmt: skip
LOWEST_LOAD, HIGHEST_LOAD = 0.3, 0.97


@dataclass(frozen=True)
class Demand:
    """Share of arrivals per queue and hour, and how busy each queue was in it (0..1)."""

    shares: NDArray[np.float64]
    closed_shares: NDArray[np.float64]
    load: NDArray[np.float64]


def draw_demand(rng: np.random.Generator, horizon: Horizon, contacts: int) -> Demand:
    """Demand of every queue; good and bad days and hours differ more than chance alone."""
    shape = (len(QUEUES), len(horizon.hours))
    shares, closed_shares = np.zeros(shape), np.zeros(shape)
    first, last = horizon.first_day, horizon.first_day + 7 * horizon.weeks - 1
    for number, queue in enumerate(QUEUES):
        days, clock = horizon.local_day[queue.site], horizon.local_hour[queue.site]
        inside = (horizon.hours < horizon.end) & (days >= first) & (days <= last)
        moods = rng.gamma(120.0, 1 / 120.0, size=int(days.max() - days.min()) + 1)
        weight = SITES[queue.site].share * queue.share * inside * HOUR_SHAPE[clock]
        weight = weight * WEEKDAY_SHAPE[weekdays(days)] * moods[days - days.min()]
        weight = weight * rng.gamma(60.0, 1 / 60.0, size=len(weight))
        opened = horizon.opened[queue.calendar_code]
        shares[number] = weight if queue.channel == EMAIL else weight * opened
        if queue.channel != EMAIL:
            closed_shares[number] = weight * ~opened * (clock >= 6)
    shares, closed_shares = normalised(shares), normalised(closed_shares)
    return Demand(shares, closed_shares, draw_load(rng, shares, contacts))


def normalised(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights that sum to 1."""
    return weights / weights.sum()


def draw_load(
    rng: np.random.Generator, shares: NDArray[np.float64], contacts: int
) -> NDArray[np.float64]:
    """Load per queue and hour: the queue's usual one, times a surprise of the hour.

    Staff is planned on what is expected, so that the surprise is the ratio of a Poisson count to
    its expectation. Ten contacts are added to both: small queues share the agents of a site.
    """
    expected = shares * contacts
    surprise = (rng.poisson(expected) + 10.0) / (expected + 10.0)
    usual = np.array([queue.load for queue in QUEUES])[:, None]
    staffing = rng.normal(1.0, 0.06, size=shares.shape)
    return np.clip(usual * surprise * staffing, LOWEST_LOAD, HIGHEST_LOAD)


def draw_arrivals(
    rng: np.random.Generator, horizon: Horizon, shares: NDArray[np.float64], count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Exactly `count` arrivals: their queues and their instants of entry."""
    hours = shares.shape[1]
    cells = np.repeat(np.arange(shares.size), rng.multinomial(count, shares.ravel()))
    return cells // hours, horizon.hours[cells % hours] + rng.integers(0, HOUR, size=count)
