"""Intervals and tests of the oracle: one short function per formula, doubles only at the end."""

from fractions import Fraction
from math import floor, sqrt
from typing import Any

from scipy import stats

Z = 1.959963984540054
ALPHA = 0.05


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of `successes` out of `n` >= 1, as shares 0..1."""
    p = successes / n
    centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def newcombe(now: tuple[int, int], before: tuple[int, int]) -> tuple[float, float]:
    """Return the interval of `now` - `before`, each (successes, n): Newcombe 1998, method 10."""
    p1, p0 = now[0] / now[1], before[0] / before[1]
    low1, high1 = wilson(*now)
    low0, high0 = wilson(*before)
    return (
        p1 - p0 - sqrt((p1 - low1) ** 2 + (high0 - p0) ** 2),
        p1 - p0 + sqrt((high1 - p1) ** 2 + (p0 - low0) ** 2),
    )


def pooled_p_value(now: tuple[int, int], before: tuple[int, int]) -> float:
    """Return the two-sided p value of the pooled two-proportion z test, 1 without variance."""
    pooled = Fraction(now[0] + before[0], now[1] + before[1])
    variance = pooled * (1 - pooled) * (Fraction(1, now[1]) + Fraction(1, before[1]))
    if variance == 0:
        return 1.0
    difference = Fraction(now[0], now[1]) - Fraction(before[0], before[1])
    return float(2 * stats.norm.sf(abs(float(difference)) / sqrt(float(variance))))


def two_proportion_p_value(now: tuple[int, int], before: tuple[int, int]) -> float:
    """Return the two-sided p value: Fisher's where a side or an expected count is small.

    Small is a side with fewer than 30, or an expected count under 5.
    """
    sizes = now[1], before[1]
    hits = now[0] + before[0]
    rarer = min(hits, sum(sizes) - hits)
    if min(sizes) >= 30 and Fraction(min(sizes) * rarer, sum(sizes)) >= 5:
        return pooled_p_value(now, before)
    table = [[side[0], side[1] - side[0]] for side in (now, before)]
    tested: Any = stats.fisher_exact(table)
    return float(tested.pvalue)


def sample_variance(amounts: list[int] | list[Fraction]) -> Fraction:
    """Return the exact variance with n - 1 of at least two amounts."""
    n = len(amounts)
    total = Fraction(sum(amounts))
    squares = Fraction(sum(amount * amount for amount in amounts))
    return (squares - total * total / n) / (n - 1)


def mean_interval(amounts: list[int] | list[Fraction]) -> tuple[float, float]:
    """Return the 95 % t interval of the mean of at least two amounts, in their unit."""
    n = len(amounts)
    mean = float(Fraction(sum(amounts)) / n)
    half = float(stats.t.ppf(1 - ALPHA / 2, n - 1)) * sqrt(float(sample_variance(amounts) / n))
    return mean - half, mean + half


def welch(
    now: list[int] | list[Fraction], before: list[int] | list[Fraction]
) -> tuple[float, float, float] | None:
    """Return (p value, low, high) of mean(now) - mean(before), None without any variance.

    The Welch-Satterthwaite degrees of freedom are rounded down, for the test and the interval.
    """
    part1 = sample_variance(now) / len(now)
    part0 = sample_variance(before) / len(before)
    if part1 + part0 == 0:
        return None
    df = floor((part1 + part0) ** 2 / (part1**2 / (len(now) - 1) + part0**2 / (len(before) - 1)))
    error = sqrt(float(part1 + part0))
    difference = float(Fraction(sum(now)) / len(now) - Fraction(sum(before)) / len(before))
    half = float(stats.t.ppf(1 - ALPHA / 2, df)) * error
    p_value = float(2 * stats.t.sf(abs(difference) / error, df))
    return p_value, difference - half, difference + half


def benjamini_hochberg(p_values: dict[str, float]) -> set[str]:
    """Return the names whose p value passes Benjamini-Hochberg at 5 % in this family."""
    ordered = sorted(p_values.values())
    limit = -1.0
    for rank, p_value in enumerate(ordered, start=1):
        if p_value <= rank / len(ordered) * ALPHA:
            limit = p_value
    return {name for name, p_value in p_values.items() if p_value <= limit}
