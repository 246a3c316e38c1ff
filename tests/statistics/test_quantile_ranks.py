"""Ranks of quantile intervals against scipy's binomial quantiles."""

from collections.abc import Callable
from typing import Any

import jinja2
import numpy as np
import pyarrow as pa
import pytest
from scipy import special, stats

Select = Callable[..., list[dict[str, Any]]]


def ranks(select: Select, n: np.ndarray, q: str) -> tuple[np.ndarray, np.ndarray]:
    line = "(select n, {{ quantile_low_rank('n', Q) }} as low, {{ quantile_high_rank('n', Q) }}"
    line += " as high from sizes)"
    found = select(line.replace("Q", q), sizes=pa.table({"n": n}))
    found.sort(key=lambda row: row["n"])
    return np.array([row["low"] for row in found]), np.array([row["high"] for row in found])


def test_golden(select: Select) -> None:
    low, high = ranks(select, np.array([100]), "0.5")
    assert (low[0], high[0]) == (40, 61)


@pytest.mark.parametrize("q", ["0.5", "0.9", "0.95"])
def test_every_small_number_agrees_with_scipy(select: Select, q: str) -> None:
    n = np.arange(1, 20_001)
    low, high = ranks(select, n, q)
    np.testing.assert_array_equal(low, np.maximum(1, stats.binom.ppf(0.025, n, float(q))))
    np.testing.assert_array_equal(high, np.minimum(n, stats.binom.ppf(0.975, n, float(q)) + 1))


@pytest.mark.parametrize("q", ["0.5", "0.9", "0.95"])
def test_large_numbers_agree_with_the_incomplete_beta(select: Select, q: str) -> None:
    """A quantile k of probability p is where F(k - 1) < p <= F(k)."""
    generator = np.random.default_rng(2)
    drawn = (10 ** generator.uniform(4.3, 9, 60_000)).astype(np.int64)
    n = np.unique(np.concatenate([np.arange(20_001, 60_001), drawn]))
    low, high = ranks(select, n, q)
    for k, p in ((low, 0.025), (high - 1, 0.975)):
        assert (special.betainc(n - k, k + 1, 1 - float(q)) >= p).all()
        assert (special.betainc(n - k + 1, k, 1 - float(q)) < p).all()


@pytest.mark.parametrize("q", [0.5, 0.9, 0.95])
def test_small_numbers_agree_with_sums_of_fractions(select: Select, q: float) -> None:
    """The definition itself, with exact probabilities."""
    from fractions import Fraction
    from math import comb

    n = np.arange(1, 81)
    low, high = ranks(select, n, str(q))
    share = Fraction(str(q))
    for size, first, last in zip(n.tolist(), low, high, strict=True):
        sums, k = Fraction(0), -1
        found = []
        for p in (Fraction(25, 1000), Fraction(975, 1000)):
            while sums < p:
                k += 1
                sums += comb(size, k) * share**k * (1 - share) ** (size - k)
            found.append(k)
        assert (first, last) == (max(1, found[0]), min(size, found[1] + 1))


def test_no_values_have_no_ranks(select: Select, render: Callable[[str], str]) -> None:
    found = select(
        "(select {{ quantile_low_rank('n', 0.9) }} as low, {{ quantile_high_rank('n - 0', 0.9) }}"
        " as high from sizes)",
        sizes=pa.table({"n": pa.array([None, 0, -4], pa.int64())}),
    )
    assert found == [{"low": None, "high": None}] * 3
    with pytest.raises(jinja2.UndefinedError):
        render("{{ quantile_low_rank('n', 0.75) }}")
