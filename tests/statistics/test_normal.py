"""The standard normal against scipy."""

from collections.abc import Callable

import numpy as np
from scipy import stats

Calculate = Callable[..., np.ndarray]


def test_distribution_function(calculate: Calculate) -> None:
    z = np.linspace(-40, 40, 80_001)
    error = calculate("{{ normal_cdf('z') }}", z=z) - stats.norm.cdf(z)
    assert np.abs(error).max() < 1e-15
    assert calculate("{{ normal_cdf('z') }}", z=[0.0]) == 0.5


def test_two_sided_p_values_keep_their_digits(calculate: Calculate) -> None:
    z = np.linspace(-37, 37, 74_001)
    relative = np.abs(
        calculate("{{ normal_two_sided('z') }}", z=z) / (2 * stats.norm.sf(abs(z))) - 1
    )
    assert relative.max() < 4e-6
    assert relative[np.abs(z) < 7].max() < 3e-9
    assert relative[np.abs(z) < 3].max() < 2e-14


def test_far_scores(calculate: Calculate) -> None:
    z = [-1e300, -39.0, 39.0, 1e300]
    np.testing.assert_array_equal(calculate("{{ normal_cdf('z') }}", z=z), [0, 0, 1, 1])
    np.testing.assert_array_equal(calculate("{{ normal_two_sided('z') }}", z=z), np.zeros(4))
