"""Student's t against scipy: the seed, the expansion above it, the two-sided p value."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy import stats

SEED = Path(__file__).resolve().parents[2] / "seeds" / "t_quantiles.csv"
Calculate = Callable[..., np.ndarray]


def seed() -> dict[int, float]:
    """The seed's quantiles by whole degrees of freedom."""
    with SEED.open(newline="") as lines:
        return {
            int(row["degrees_count"]): float(row["quantile_975"]) for row in csv.DictReader(lines)
        }


def test_seed_is_scipys(calculate: Calculate) -> None:
    quantiles = seed()
    assert list(quantiles) == list(range(1, 201))
    expected = stats.t.ppf(0.975, np.arange(1, 201))
    np.testing.assert_allclose(list(quantiles.values()), expected, rtol=1e-14)


def test_quantile_above_the_seed(calculate: Calculate) -> None:
    df = np.concatenate([np.arange(201, 2000), np.logspace(3.3, 12, 500).round()])
    found = calculate("{{ t_quantile_975('df', 'null') }}", df=df)
    assert np.abs(found - stats.t.ppf(0.975, df)).max() < 1e-12


def test_quantile_steps_down_to_whole_degrees(calculate: Calculate) -> None:
    quantiles = seed()
    df = [1.0, 1.99, 8.999999999999998, 9.5, 200.0, 200.9, 201.9, 0.99, 0.0, -3.0]
    seeded = [quantiles.get(int(value + 1e-9)) for value in df]
    found = calculate("{{ t_quantile_975('df', 'seeded') }}", df=df, seeded=seeded)
    expected = stats.t.ppf(0.975, [1, 1, 9, 9, 200, 200, 201])
    np.testing.assert_allclose(found[:7], expected, rtol=1e-13)
    assert np.isnan(found[7:]).all()
    assert np.isnan(calculate("{{ t_quantile_975('df', 'seeded') }}", df=[7.0], seeded=[None]))[0]


def test_two_sided_p_values(calculate: Calculate) -> None:
    t = np.concatenate([np.linspace(0, 8, 161), np.linspace(8.1, 40, 40)])
    df = np.concatenate([np.arange(1, 41), np.logspace(1.7, 9, 50).round()])
    grid, degrees = (axis.ravel() for axis in np.meshgrid(t, df))
    found = calculate("{{ t_two_sided('t', 'df') }}", t=grid, df=degrees)
    expected = 2 * stats.t.sf(grid, degrees)
    error = np.abs(found - expected)
    seen = expected > 1e-12
    assert error.max() < 4e-8
    assert error[degrees <= 1e6].max() < 1e-9
    usual = seen & (degrees <= 1e6) & (expected > 1e-9)
    assert (error[usual] / expected[usual]).max() < 1e-7


def test_two_sided_p_value_of_fractions_and_extremes(calculate: Calculate) -> None:
    line = "{{ t_two_sided('t', 'df') }}"
    found = calculate(line, t=[2.0, 2.0, -2.0, 1e90, 1e200, 0.0], df=[7.9, 7.0, 7.0, 1, 1, 3])
    assert found[0] == found[1] == found[2]
    assert found[3] < 1e-89 and found[4] == 0 and found[5] == 1
    assert np.isnan(calculate(line, t=[2.0, 2.0], df=[0.5, -4.0])).all()
