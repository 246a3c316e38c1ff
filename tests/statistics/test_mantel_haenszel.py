"""The risk difference over strata and Sato's interval against exact fractions."""

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

Z = 1.959963984540054
SUMS = "'sum(risk_gap_points)', 'sum(risk_weight_points)'"
MORE = ", 'sum(risk_slope_points)', 'sum(risk_spread_points)'"
POOLED = (
    "(select {{ mantel_haenszel_gap(" + SUMS + ") }} as gap,"
    " {{ mantel_haenszel_low(" + SUMS + MORE + ") }} as low,"
    " {{ mantel_haenszel_high(" + SUMS + MORE + ") }} as high"
    " from (select {{ mantel_haenszel_points('events', 'n', 'other_events', 'other_n') }}"
    " from strata) as points)"
)
Select = Callable[..., list[dict[str, Any]]]
Stratum = tuple[int, int, int, int]
groups = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)
strata = st.lists(st.tuples(groups, groups).map(lambda two: (*two[0], *two[1])), min_size=1)


def pooled(select: Select, rows: list[Stratum]) -> dict[str, Any]:
    names = ["events", "n", "other_events", "other_n"]
    columns = zip(names, zip(*rows, strict=True), strict=True)
    table = {name: pa.array(values, pa.int64()) for name, values in columns}
    (row,) = select(POOLED, strata=pa.table(table))
    return row


def reference(rows: list[Stratum]) -> tuple[Fraction, Fraction] | None:
    """The estimate and Sato's variance as in the paper, exactly."""
    weight = gap = slope = spread = Fraction(0)
    for a, n, b, m in rows:
        if n + m == 0:
            continue
        every = n + m
        weight += Fraction(n * m, every)
        gap += Fraction(a * m - b * n, every)
        slope += (n * n * b - m * m * a + Fraction(n * m * (m - n), 2)) / Fraction(every**2)
        spread += Fraction(a * (m - b) + b * (n - a), 2 * every)
    if weight == 0:
        return None
    return gap / weight, (gap / weight * slope + spread) / weight**2


@settings(max_examples=80, deadline=None)
@given(rows=strata)
def test_agrees_with_exact_fractions(select: Select, rows: list[Stratum]) -> None:
    found, expected = pooled(select, rows), reference(rows)
    if expected is None:
        assert found == {"gap": None, "low": None, "high": None}
        return
    gap, variance = expected
    half = Z * math.sqrt(max(0, variance))
    assert found["gap"] == pytest.approx(float(gap), rel=1e-10, abs=1e-11)
    assert found["low"] == pytest.approx(max(-1, float(gap) - half), abs=3e-6)
    assert found["high"] == pytest.approx(min(1, float(gap) + half), abs=3e-6)
    if variance > Fraction(1, 10**6):
        assert found["low"] == pytest.approx(max(-1, float(gap) - half), abs=1e-8)


def test_one_stratum_is_the_plain_difference(select: Select) -> None:
    """Sato's variance is then pq by n of both groups, added."""
    found = pooled(select, [(56, 70, 48, 80)])
    error = math.sqrt(0.8 * 0.2 / 70 + 0.6 * 0.4 / 80)
    ends = [0.2, 0.2 - Z * error, 0.2 + Z * error]
    assert list(found.values()) == pytest.approx(ends, rel=1e-10)


def test_the_interval_covers(select: Select) -> None:
    """True difference .1 over 40 small strata with different levels: 95 % within its error."""
    generator = np.random.default_rng(9)
    runs, size = 2000, (2000, 40)
    level = np.linspace(0.1, 0.7, 40)
    n, m = generator.integers(1, 25, size), generator.integers(5, 60, size)
    columns = {"run_id": np.repeat(np.arange(runs), 40), "n": n.ravel(), "other_n": m.ravel()}
    columns["events"] = generator.binomial(n, level + 0.1).ravel()
    columns["other_events"] = generator.binomial(m, level).ravel()
    line = POOLED.replace("from (select ", "from (select run_id, ")
    line = line.replace("as points)", "as points group by run_id)")
    found = select(line, strata=pa.table(columns))
    covered = sum(row["low"] <= 0.1 <= row["high"] for row in found)
    assert 0.935 < covered / runs < 0.965


def test_impossible_strata_are_left_out(select: Select) -> None:
    rows = [(56, 70, 48, 80), (0, 0, 0, 0), (3, 5, 0, 0), (0, 0, 2, 3)]
    plain = pooled(select, rows[:1])
    assert pooled(select, rows) == plain
    assert pooled(select, [*rows, (5, 4, 1, 2), (-1, 4, 1, 2)]) == plain


def test_components_are_exact_decimals(select: Select) -> None:
    line = "(select {{ mantel_haenszel_points('3', '1e12', '2', '5') }})"
    (row,) = select(line)
    assert all(isinstance(value, Decimal) for value in row.values())
