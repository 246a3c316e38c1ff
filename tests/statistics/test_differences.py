"""Differences of two proportions: Newcombe's interval and the pooled test."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

ARGUMENTS = "'x', 'n', 'y', 'm', 'deff', 'before'"
LOW = "{{ newcombe_low(" + ARGUMENTS + ") }}"
HIGH = "{{ newcombe_high(" + ARGUMENTS + ") }}"
P_VALUE = "{{ two_proportion_p(" + ARGUMENTS + ") }}"
Z_SCORE = "{{ two_proportion_z(" + ARGUMENTS + ") }}"
Calculate = Callable[..., np.ndarray]


def row(x: int, n: int, y: int, m: int, deff: float = 1, before: float = 1) -> dict[str, list]:
    return {"x": [x], "n": [n], "y": [y], "m": [m], "deff": [deff], "before": [before]}


def test_golden(calculate: Calculate) -> None:
    rows = {"x": [56], "n": [70], "y": [48], "m": [80]}
    low = calculate("{{ newcombe_low('x', 'n', 'y', 'm') }}", **rows)
    high = calculate("{{ newcombe_high('x', 'n', 'y', 'm') }}", **rows)
    assert [*low, *high] == pytest.approx([0.0524, 0.3339], abs=5e-5)


@settings(max_examples=30, deadline=None)
@given(
    n=st.integers(1, 100_000),
    m=st.integers(1, 100_000),
    share=st.floats(0, 1),
    previous=st.floats(0, 1),
    deff=st.floats(1, 30),
    before=st.floats(1, 30),
)
def test_agrees_with_statsmodels(
    calculate: Calculate,
    n: int,
    m: int,
    share: float,
    previous: float,
    deff: float,
    before: float,
) -> None:
    x, y = round(n * share), round(m * previous)
    rows = row(x, n, y, m, deff, before)
    low, high = confint_proportions_2indep(
        x / deff, n / deff, y / before, m / before, method="newcomb", compare="diff"
    )
    found = [calculate(LOW, **rows)[0], calculate(HIGH, **rows)[0]]
    assert found == pytest.approx([low, high], abs=1e-7)
    assert -1 <= found[0] <= found[1] <= 1
    if 0 < x + y < n + m:
        hits, sizes = np.array([x / deff, y / before]), np.array([n / deff, m / before])
        score, p = proportions_ztest(hits, sizes)
        assert calculate(Z_SCORE, **rows)[0] == pytest.approx(score, rel=1e-7, abs=1e-9)
        assert calculate(P_VALUE, **rows)[0] == pytest.approx(p, rel=1e-5, abs=1e-9)
    else:
        assert calculate(P_VALUE, **rows)[0] == 1


def test_the_previous_design_effect_defaults_to_this_one(calculate: Calculate) -> None:
    rows = row(56, 70, 48, 80, 2.5, 2.5)
    for macro in ("newcombe_low", "newcombe_high", "two_proportion_z", "two_proportion_p"):
        short = calculate("{{ " + macro + "('x', 'n', 'y', 'm', 'deff') }}", **rows)
        assert short == calculate("{{ " + macro + "(" + ARGUMENTS + ") }}", **rows)


@pytest.mark.parametrize("line", [LOW, HIGH, P_VALUE, Z_SCORE])
def test_nothing_to_compare_is_null(calculate: Calculate, line: str) -> None:
    assert np.isnan(calculate(line, **row(0, 0, 4, 9)))
    assert np.isnan(calculate(line, **row(4, 9, 0, 0)))
    assert np.isnan(calculate(line, **row(10, 9, 4, 9)))
