"""Curves and quantiles of the oracle: Kaplan-Meier, Greenwood, type 7, order statistics, kappa."""

from collections import Counter
from fractions import Fraction
from math import exp, floor, log, sqrt

from scipy import stats

from tests.oracle.statistics.intervals import Z

Observed = tuple[int, bool]
Point = tuple[int, int, int, Fraction]


def quantile(values: list[int], q: Fraction) -> Fraction:
    """Return the exact quantile of at least one value by linear interpolation (type 7)."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * q
    low = floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def order_statistics(n: int, q: float) -> tuple[int, int]:
    """Return the ranks (from 1) of the exact binomial interval of a quantile."""
    low, high = (int(stats.binom.ppf(p, n, q)) for p in (0.025, 0.975))
    return max(1, low), min(n, high + 1)


def kaplan_meier(observed: list[Observed]) -> list[Point]:
    """Return (seconds, at risk, events, survival) at every time with an event, in order.

    `observed` are (seconds, whether it is an event). At ties events go before censorings.
    """
    points: list[Point] = []
    survival = Fraction(1)
    for time in sorted({seconds for seconds, is_event in observed if is_event}):
        at_risk = sum(seconds >= time for seconds, _ in observed)
        events = sum(seconds == time and is_event for seconds, is_event in observed)
        survival *= 1 - Fraction(events, at_risk)
        points.append((time, at_risk, events, survival))
    return points


def survival_at(points: list[Point], time: int) -> Fraction:
    """Return the survival at a time: that of the last point up to it, 1 before the first."""
    return next((point[3] for point in reversed(points) if point[0] <= time), Fraction(1))


def median(points: list[Point]) -> int | None:
    """Return the first time at which the survival is at most one half, None if it never is."""
    return next((time for time, _, _, survival in points if survival <= Fraction(1, 2)), None)


def greenwood(points: list[Point], time: int) -> tuple[float, float] | None:
    """Return the log-log interval of the survival at a time, None where it is 0 or 1."""
    survival = survival_at(points, time)
    if survival in (0, 1):
        return None
    past = [point for point in points if point[0] <= time]
    variance = sum((Fraction(d, n * (n - d)) for _, n, d, _ in past), Fraction(0))
    shift = Z * sqrt(float(variance)) / abs(log(float(survival)))
    return float(survival) ** exp(shift), float(survival) ** exp(-shift)


def kappa(pairs: list[tuple[int, int]]) -> Fraction | None:
    """Return the plain Cohen kappa of paired 0/1 verdicts, None where chance explains all."""
    n = len(pairs)
    if n == 0:
        return None
    agreed = Fraction(sum(a == b for a, b in pairs), n)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum((Fraction(first[v] * second[v], n * n) for v in (0, 1)), Fraction(0))
    return None if chance == 1 else (agreed - chance) / (1 - chance)
