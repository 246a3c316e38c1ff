"""The oracle's curves, quantiles and kappa against golden numbers and statsmodels."""

from fractions import Fraction
from itertools import pairwise
from math import exp, log
from typing import Any

import pytest
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.inter_rater import cohens_kappa

from tests.oracle.statistics.survival import (
    greenwood,
    kaplan_meier,
    kappa,
    order_statistics,
    quantile,
)


def test_curves_and_kappa_are_those_of_statsmodels() -> None:
    observed = [(3 * n % 17 + 1, n % 3 > 0) for n in range(40)]
    points = kaplan_meier(observed)
    times, events = zip(*observed, strict=True)
    known: Any = SurvfuncRight(times, events)
    assert [point[0] for point in points] == list(known.surv_times)
    survival = [float(point[3]) for point in points]
    assert survival == pytest.approx(list(known.surv_prob))
    for time, s, se in zip(known.surv_times, survival, known.surv_prob_se, strict=True):
        interval = greenwood(points, int(time))
        if interval is not None:
            half = 1.959963984540054 * se / (s * abs(log(s)))
            assert interval == pytest.approx((s ** exp(half), s ** exp(-half)))
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    found = kappa(pairs)
    assert found is not None
    known = cohens_kappa([[20, 5], [10, 15]])
    assert float(found) == pytest.approx(known.kappa)


def test_quantiles_curves_and_their_intervals() -> None:
    assert quantile([4, 1, 3, 2], Fraction(1, 2)) == Fraction(5, 2)
    assert quantile([4, 1, 3, 2], Fraction(9, 10)) == Fraction(37, 10)
    assert order_statistics(100, 0.5) == (40, 61)
    points = kaplan_meier([(2, True), (2, False), (3, True), (5, False), (7, True)])
    assert [(time, n) for time, n, _, _ in points] == [(2, 5), (3, 3), (7, 1)]
    interval = greenwood(points, 3)
    assert interval is not None and interval[0] < float(points[1][3]) < interval[1]
    assert greenwood(points, 7) is None and greenwood(points, 1) is None
    assert all(a[3] >= b[3] for a, b in pairwise(points))
