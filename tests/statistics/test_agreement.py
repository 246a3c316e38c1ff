"""Plain kappa against statsmodels."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

KAPPA = "{{ cohen_kappa('a', 'b', 'c', 'd') }}"
Calculate = Callable[..., np.ndarray]
counts = st.integers(0, 1000)


@settings(max_examples=60, deadline=None)
@given(a=counts, b=counts, c=counts, d=counts)
def test_agrees_with_statsmodels(calculate: Calculate, a: int, b: int, c: int, d: int) -> None:
    found = calculate(KAPPA, a=[a], b=[b], c=[c], d=[d])[0]
    if (a + b) * (b + d) + (a + c) * (c + d) == 0:
        assert np.isnan(found)
    else:
        expected = np.asarray(cohens_kappa([[a, b], [c, d]], return_results=False), dtype=float)
        assert found == pytest.approx(expected.item(), rel=1e-9, abs=1e-12)


def test_ends_and_nonsense(calculate: Calculate) -> None:
    columns = {"a": [5, 0, 5, 0, -1, 9], "b": [0, 4, 5, 0, 3, 0]}
    columns |= {"c": [0, 4, 5, 0, 3, 0], "d": [5, 0, 5, 0, 3, 0]}
    found = calculate(KAPPA, **columns)
    assert found[:3].tolist() == [1, -1, 0]
    assert np.isnan(found[3:]).all()


def test_large_counts_overflow_nowhere(calculate: Calculate) -> None:
    big = 4_000_000_000
    found = calculate(KAPPA, a=[big], b=[big // 10], c=[big // 10], d=[big])
    assert found[0] == pytest.approx(9 / 11, rel=1e-14)
