"""Wilson intervals against statsmodels, published figures and exact coverage."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

LOW = "{{ wilson_low('x', 'n', 'deff') }}"
HIGH = "{{ wilson_high('x', 'n', 'deff') }}"
Calculate = Callable[..., np.ndarray]


@pytest.mark.parametrize(
    ("x", "n", "deff", "low", "high"),
    [
        (3, 3, 1.0, 0.4385, 1.0),
        (2, 3, 1.0, 0.2077, 0.9385),
        (9, 10, 1.0, 0.5958, 0.9821),
        (45, 50, 1.0, 0.7864, 0.9565),
        (811, 1000, 4.0, 0.7579, 0.8547),
        (811, 1000, 1.0, 0.7856, 0.8341),
    ],
)
def test_golden(calculate: Calculate, x: int, n: int, deff: float, low: float, high: float) -> None:
    row = {"x": [x], "n": [n], "deff": [deff]}
    assert calculate(LOW, **row)[0] == pytest.approx(low, abs=5e-5)
    assert calculate(HIGH, **row)[0] == pytest.approx(high, abs=5e-5)


def test_every_count_agrees_with_statsmodels(calculate: Calculate) -> None:
    sizes = [*range(1, 61), 1000, 10**6]
    pairs = [(x, n) for n in sizes for x in sorted({*range(min(n, 60) + 1), n // 2, n - 1, n})]
    x, n = np.array(pairs).T
    low, high = proportion_confint(x, n, method="wilson")
    row = {"x": x, "n": n, "deff": np.ones(len(x))}
    np.testing.assert_allclose(calculate(LOW, **row), low, rtol=0, atol=1e-14)
    np.testing.assert_allclose(calculate(HIGH, **row), high, rtol=0, atol=1e-14)


@settings(max_examples=30, deadline=None)
@given(n=st.integers(1, 10**9), share=st.floats(0, 1), deff=st.floats(1, 50))
def test_design_effect_divides_the_count(
    calculate: Calculate, n: int, share: float, deff: float
) -> None:
    x = round(n * share)
    low, high = proportion_confint(x / deff, n / deff, method="wilson")
    row = {"x": [x], "n": [n], "deff": [deff]}
    assert calculate(LOW, **row)[0] == pytest.approx(low, abs=1e-12)
    assert calculate(HIGH, **row)[0] == pytest.approx(high, abs=1e-12)


def test_ends_are_exact_and_nonsense_is_null(calculate: Calculate) -> None:
    row = {"x": [0, 5, 10**9, 0, 6, -1, 2], "n": [5, 5, 10**9, 0, 5, 5, 5]}
    row["deff"] = [1, 1, 3, 1, 1, 1, 0]
    low, high = calculate(LOW, **row), calculate(HIGH, **row)
    assert low[0] == 0 and high[1] == 1 and high[2] == 1
    assert np.isnan(low[3:]).all() and np.isnan(high[3:]).all()


def test_exact_coverage(calculate: Calculate) -> None:
    """Enumerated over all x, not simulated. From n = 2: one answer covers p = .8 in 80 %."""
    shares = np.array([0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99])
    sizes = np.arange(1, 301)
    n = np.repeat(sizes, sizes + 1)
    x = np.concatenate([np.arange(size + 1) for size in sizes])
    row = {"x": x, "n": n, "deff": np.ones(len(x))}
    low, high = calculate(LOW, **row), calculate(HIGH, **row)
    coverage = np.array(
        [np.bincount(n, stats.binom.pmf(x, n, p) * ((low <= p) & (p <= high)))[1:] for p in shares]
    )
    assert ((coverage.mean(axis=1) >= 0.94) & (coverage.mean(axis=1) <= 0.965)).all()
    assert coverage[:, 1:].min() >= 0.84
    inside = (coverage >= 0.93) & (coverage <= 0.98)
    assert inside[:, sizes >= 5].mean() >= 0.96
    assert inside[:, sizes >= 30].mean() >= 0.98
    assert coverage[-1, 16] == pytest.approx(0.843, abs=5e-4)
    assert coverage[-1, 54] == pytest.approx(0.895, abs=5e-4)
