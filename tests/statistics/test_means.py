"""Variance, intervals of means and Welch's comparison, from sums, against scipy."""

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

VARIANCE = "{{ mean_variance('total', 'squares', 'n') }}"
PAIR = "'total', 'squares', 'n', 'before_total', 'before_squares', 'before_n'"
Calculate = Callable[..., np.ndarray]
durations = st.lists(st.integers(0, 14_400), min_size=2, max_size=60)


def sums(values: list[int], prefix: str = "") -> dict[str, list[int]]:
    """The three additive columns of one sample."""
    squares = sum(value * value for value in values)
    return {
        f"{prefix}total": [sum(values)],
        f"{prefix}squares": [squares],
        f"{prefix}n": [len(values)],
    }


@settings(max_examples=30, deadline=None)
@given(values=durations)
def test_variance_of_durations(calculate: Calculate, values: list[int]) -> None:
    found = calculate(VARIANCE, **sums(values))[0]
    assert found == pytest.approx(np.var(values, ddof=1), rel=1e-12, abs=1e-6)


def test_variance_of_ten_million_handle_times(calculate: Calculate) -> None:
    """Half at 100 s and half at 500 s (mean 300, sd 200): the variance is known exactly."""
    half = 5_000_000
    n, total, squares = 2 * half, 600 * half, (100**2 + 500**2) * half
    exact = Decimal(squares * n - total * total) / (Decimal(n) * (n - 1))
    found = calculate(VARIANCE, total=[total], squares=[squares], n=[n])[0]
    assert abs(Decimal(float(found)) / exact - 1) < Decimal("1e-15")


def test_variance_of_exact_decimals(calculate: Calculate) -> None:
    """Scores of mean 95 and sd .1, 38-digit decimals whose product no engine can hold."""
    scores = [Decimal("94.9"), Decimal("95.1")] * 500_000
    n, total = len(scores), sum(scores)
    squares = sum(score * score for score in scores)
    row = {"total": [total], "squares": [squares], "n": [n]}
    line = VARIANCE.replace("'total'", "'cast(total as decimal(38, 12))'")
    line = line.replace("'squares'", "'cast(squares as decimal(38, 12))'")
    exact = Decimal("0.01") * n / (n - 1)
    assert float(calculate(line, **row)[0]) == pytest.approx(float(exact), rel=1e-9)


@pytest.mark.parametrize("value", ["0.1", "66.666666666667", "100", "14400.3"])
@pytest.mark.parametrize("n", [2, 3, 7, 1000, 999_983])
def test_equal_values_have_no_variance(calculate: Calculate, value: str, n: int) -> None:
    number = Decimal(value)
    row = {"total": [float(number * n)], "squares": [float(number * number * n)], "n": [n]}
    assert calculate(VARIANCE, **row)[0] == 0


def test_too_few_values_have_no_variance(calculate: Calculate) -> None:
    row = {"total": [0, 5], "squares": [0, 25], "n": [0, 1]}
    assert np.isnan(calculate(VARIANCE, **row)).all()


@settings(max_examples=30, deadline=None)
@given(values=durations)
def test_interval_of_a_mean(calculate: Calculate, values: list[int]) -> None:
    n = len(values)
    row = {**sums(values), "q": [stats.t.ppf(0.975, n - 1)]}
    low = calculate("{{ mean_low('total', 'squares', 'n', 'q') }}", **row)[0]
    high = calculate("{{ mean_high('total', 'squares', 'n', 'q') }}", **row)[0]
    error = stats.sem(values)
    if error == 0:
        assert low == high == pytest.approx(values[0])
    else:
        expected = stats.t.interval(0.95, n - 1, loc=np.mean(values), scale=error)
        assert [low, high] == pytest.approx(expected, rel=1e-9, abs=1e-6)


def test_design_effect_widens_the_mean(calculate: Calculate) -> None:
    """s = 12, n = 100, design effect 4: 24 degrees, standard error 2.4."""
    n, mean, variance = 100, 70, 144
    row = {"total": [n * mean], "squares": [variance * (n - 1) + n * mean * mean], "n": [n]}
    row["deff"] = [4]
    assert calculate("{{ mean_degrees('n', 'deff') }}", **row)[0] == 24
    quantile = stats.t.ppf(0.975, 24)
    low = calculate("{{ mean_low('total', 'squares', 'n', 'q', 'deff') }}", q=[quantile], **row)
    high = calculate("{{ mean_high('total', 'squares', 'n', 'q', 'deff') }}", q=[quantile], **row)
    assert [*low, *high] == pytest.approx([70 - 2.4 * quantile, 70 + 2.4 * quantile], rel=1e-12)


@pytest.mark.parametrize(("n", "half_width"), [(3, 29.8), (12, 7.6)])
def test_golden_half_widths(calculate: Calculate, n: int, half_width: float) -> None:
    row = {"total": [0.0], "squares": [144.0 * (n - 1)], "n": [n]}
    row["q"] = [stats.t.ppf(0.975, n - 1)]
    high = calculate("{{ mean_high('total', 'squares', 'n', 'q') }}", **row)
    assert high[0] == pytest.approx(half_width, abs=0.05)


@settings(max_examples=30, deadline=None)
@given(values=durations, before=durations, deff=st.floats(1, 1.5), previous=st.floats(1, 1.5))
def test_welch(
    calculate: Calculate, values: list[int], before: list[int], deff: float, previous: float
) -> None:
    """scipy's Welch test on samples of n by deff values, which need not be whole."""
    row = {**sums(values), **sums(before, "before_"), "deff": [deff], "previous": [previous]}
    more = ", 'deff', 'previous') }}"
    t = calculate("{{ welch_t(" + PAIR + more, **row)[0]
    df = calculate("{{ welch_df(" + PAIR + more, **row)[0]
    spread, spread_before = np.std(values, ddof=1), np.std(before, ddof=1)
    if spread == 0 and spread_before == 0:
        assert np.isnan(t) and np.isnan(df)
        return
    expected = stats.ttest_ind_from_stats(
        np.mean(values), spread, len(values) / deff,
        np.mean(before), spread_before, len(before) / previous, equal_var=False,
    )  # fmt: skip
    assert t == pytest.approx(expected.statistic, rel=1e-8, abs=1e-9)
    if len(values) / deff > 1 and len(before) / previous > 1:
        whole = max(1, int(np.floor(df + 1e-9)))
        p = calculate("{{ t_two_sided('t', 'df') }}", t=[t], df=[max(df, 1)])[0]
        assert p == pytest.approx(2 * stats.t.sf(abs(t), whole), rel=1e-6, abs=1e-9)
        if not np.isnan(expected.pvalue):
            assert 2 * stats.t.sf(abs(t), df) == pytest.approx(expected.pvalue, rel=1e-6)
        quantile = stats.t.ppf(0.975, whole)
        ends = [
            calculate("{{ welch_" + end + "(" + PAIR + ", 'q'" + more, q=[quantile], **row)[0]
            for end in ("low", "high")
        ]
        gap = float(np.mean(values) - np.mean(before))
        error = float(
            np.sqrt(spread**2 * deff / len(values) + spread_before**2 * previous / len(before))
        )
        assert ends == pytest.approx(
            [gap - quantile * error, gap + quantile * error], rel=1e-8, abs=1e-6
        )


def test_welch_needs_more_than_one_effective_value(calculate: Calculate) -> None:
    row = {**sums([1, 2, 3]), **sums([4, 6, 9], "before_"), "deff": [3.0]}
    assert np.isnan(calculate("{{ welch_df(" + PAIR + ", 'deff') }}", **row))[0]
