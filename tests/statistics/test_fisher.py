"""Fisher's exact test against exact fractions and scipy, and where it is asked for."""

from collections.abc import Callable
from fractions import Fraction
from math import comb
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

LINE = "{{ fisher_rows('pairs', 'x', 'n', 'y', 'm', 'deff', 'before') }}"
Select = Callable[..., list[dict[str, Any]]]
Table = tuple[int, int, int, int]


def p_values(select: Select, tables: list[Table], deff: float = 1, before: float = 1) -> list[Any]:
    """The macro's p value of each (successes, n, previous successes, previous n)."""
    columns = dict(zip("xnym", map(list, zip(*tables, strict=True)), strict=True))
    effects = {"deff": [deff] * len(tables), "before": [before] * len(tables)}
    pairs = pa.table({"pair_number": range(len(tables)), **columns, **effects})
    rows = select(LINE, pairs=pairs)
    return [row["fisher_p_value"] for row in sorted(rows, key=lambda row: row["pair_number"])]


def exact(x: int, n: int, y: int, m: int) -> float:
    """The definition, in whole numbers: no table more probable than the one at hand."""
    given = comb(n, x) * comb(m, y)
    counts = [comb(n, k) * comb(m, x + y - k) for k in range(max(0, x + y - m), min(n, x + y) + 1)]
    return float(Fraction(sum(c for c in counts if c <= given), sum(counts)))


def by_scipy(x: int, n: int, y: int, m: int) -> float:
    """The same by scipy."""
    tested: Any = stats.fisher_exact([[x, n - x], [y, m - y]])
    return float(tested.pvalue)


def random_tables(sizes: tuple[int, int], count: int, seed: int) -> list[Table]:
    """Tables of every kind of share, one side up to each size."""
    draw = np.random.default_rng(seed)
    tables = []
    for _ in range(count):
        n, m = (int(draw.integers(1, size + 1)) for size in sizes)
        share = draw.beta(0.3, 0.3)
        other = draw.choice([share, draw.beta(0.3, 0.3)])
        tables.append((int(draw.binomial(n, share)), n, int(draw.binomial(m, other)), m))
    return tables


def test_one_of_one_against_none_of_six(select: Select) -> None:
    found = p_values(select, [(1, 1, 0, 6), (0, 6, 1, 1), (0, 1, 6, 6), (3, 3, 5, 5), (0, 3, 0, 5)])
    assert found == pytest.approx([1 / 7, 1 / 7, 1 / 7, 1, 1], rel=1e-12)


@pytest.mark.parametrize("sizes", [(29, 29), (29, 400), (400, 29)])
def test_agrees_with_exact_fractions(select: Select, sizes: tuple[int, int]) -> None:
    tables = random_tables(sizes, 300, seed=sum(sizes))
    asked = [table for table in tables if min(table[1], table[3]) < 30]
    wanted = [exact(*table) for table in asked]
    assert p_values(select, asked) == pytest.approx(wanted, rel=1e-12, abs=0)


def test_a_small_side_against_a_hundred_thousand(select: Select) -> None:
    tables = random_tables((29, 100_000), 150, seed=5) + random_tables((100_000, 29), 150, seed=6)
    wanted = [by_scipy(*table) for table in tables]
    found = p_values(select, tables)
    for table, p_value, p_wanted in zip(tables, found, wanted, strict=True):
        assert p_value == pytest.approx(p_wanted, rel=1e-9, abs=1e-290), table


def test_rare_events_in_large_samples(select: Select) -> None:
    """Few expected events although no side is small: hundreds of tables at the most."""
    tables = [(3, 90_000, 1, 100_000), (0, 1_000, 9, 1_100), (450, 1_000, 0, 90_000)]
    tables += [(1_000, 1_000, 89_600, 90_000), (1_990, 2_000, 1_000, 1_000), (4, 40, 0, 31)]
    wanted = [by_scipy(*table) for table in tables]
    assert p_values(select, tables) == pytest.approx(wanted, rel=1e-9, abs=1e-290)


def test_impossible_by_chance_is_0(select: Select) -> None:
    assert p_values(select, [(450, 450, 450, 100_000)]) == [0]


def test_many_events_on_both_sides_are_left_to_the_pooled_test(select: Select) -> None:
    assert p_values(select, [(10, 30, 5, 30), (4, 30, 5, 30), (26, 30, 25, 30)]) == [
        None,
        pytest.approx(exact(4, 30, 5, 30), rel=1e-12),
        pytest.approx(exact(26, 30, 25, 30), rel=1e-12),
    ]
    assert p_values(select, [(5, 30, 5, 30)]) == [None]


def test_samples_are_divided_by_the_design_effect_and_rounded_down(select: Select) -> None:
    assert p_values(select, [(20, 50, 45, 70)], 2, 3.1) == [
        pytest.approx(exact(10, 25, 14, 22), rel=1e-12)
    ]
    assert p_values(select, [(20, 60, 45, 90)], 2, 3) == [None]
    assert p_values(select, [(1, 2, 3, 4)], 3, 1) == [None]


def test_what_cannot_be_tested_is_null(select: Select) -> None:
    broken: list[Any] = [(0, 0, 1, 5), (1, 5, 0, 0), (6, 5, 1, 5), (-1, 5, 1, 5), (None, 5, 1, 5)]
    assert p_values(select, broken) == [None] * len(broken)
    assert p_values(select, [(1, 5, 1, 5)], 0, 1) == [None]


def test_only_what_is_asked_is_computed(select: Select) -> None:
    pairs = pa.table(
        {"x": [1, 1], "n": [1, 1], "y": [0, 0], "m": [6, 6], "is_asked": [True, False]}
    )
    rows = select(
        "{{ fisher_rows('pairs', 'x', 'n', 'y', 'm', is_asked='is_asked') }}", pairs=pairs
    )
    assert {row["is_asked"]: row["fisher_p_value"] for row in rows} == {
        True: pytest.approx(1 / 7),
        False: None,
    }
