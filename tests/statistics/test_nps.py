"""Net promoter score intervals: published figures and an independent formula."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

Z = 1.959963984540054
NOW = "'p', 'a', 'd', 'deff'"
BOTH = "'p', 'a', 'd', 'before_p', 'before_a', 'before_d', 'deff', 'previous'"
Calculate = Callable[..., np.ndarray]
answers = st.tuples(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 5000)).filter(
    lambda counts: sum(counts) > 0
)


def centre_and_variance(counts: tuple[int, int, int], deff: float) -> tuple[float, float]:
    """Scores 1, 0, -1 with the three added answers: their mean, and the mean's variance."""
    weights = np.array(counts) + np.array([0.75, 1.5, 0.75])
    scores = np.array([1.0, 0.0, -1.0])
    mean = float(np.average(scores, weights=weights))
    return mean, float(np.average((scores - mean) ** 2, weights=weights) * deff / weights.sum())


@pytest.mark.parametrize(
    ("counts", "low", "high"), [((90, 60, 50), 8.544, 30.865), ((30, 0, 0), 78.698, 100)]
)
def test_golden(
    calculate: Calculate, counts: tuple[int, int, int], low: float, high: float
) -> None:
    row = {name: [count] for name, count in zip("pad", counts, strict=True)}
    found = [*calculate("{{ nps_low('p', 'a', 'd') }}", **row)]
    found += [*calculate("{{ nps_high('p', 'a', 'd') }}", **row)]
    assert found == pytest.approx([low, high], abs=5e-4)


@settings(max_examples=30, deadline=None)
@given(counts=answers, before=answers, deff=st.floats(1, 40), previous=st.floats(1, 40))
def test_agrees_with_scores_one_zero_minus_one(
    calculate: Calculate,
    counts: tuple[int, int, int],
    before: tuple[int, int, int],
    deff: float,
    previous: float,
) -> None:
    row: dict[str, list[float]] = {"deff": [deff], "previous": [previous]}
    row |= {name: [count] for name, count in zip("pad", counts, strict=True)}
    row |= {f"before_{name}": [count] for name, count in zip("pad", before, strict=True)}
    mean, variance = centre_and_variance(counts, deff)
    mean_before, variance_before = centre_and_variance(before, previous)
    error, joint = math.sqrt(variance), math.sqrt(variance + variance_before)
    gap = mean - mean_before
    expected = {
        "nps_low(" + NOW: max(-100, 100 * (mean - Z * error)),
        "nps_high(" + NOW: min(100, 100 * (mean + Z * error)),
        "nps_difference_low(" + BOTH: max(-200, 100 * (gap - Z * joint)),
        "nps_difference_high(" + BOTH: min(200, 100 * (gap + Z * joint)),
        "nps_difference_z(" + BOTH: gap / joint,
    }
    for line, value in expected.items():
        found = calculate("{{ " + line + ") }}", **row)[0]
        assert found == pytest.approx(value, rel=1e-9, abs=1e-9), line


def test_no_answers_have_no_interval(calculate: Calculate) -> None:
    row = {"p": [0, -1, 5], "a": [0, 3, 5], "d": [0, 3, 5], "deff": [1, 1, 0]}
    assert np.isnan(calculate("{{ nps_low(" + NOW + ") }}", **row)).all()
    assert np.isnan(calculate("{{ nps_high(" + NOW + ") }}", **row)).all()
