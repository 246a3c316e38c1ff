"""Survival curves: golden rows, a slow exact reference and statsmodels."""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight

CURVE = "{{ kaplan_meier('units', ['queue_id'], 'elapsed_seconds', 'is_repeated') }}"
READ = "{{ kaplan_meier_at('units', ['queue_id'], 'elapsed_seconds', 'is_repeated', TIMES) }}"
DAY = 86_400
Z = float(stats.norm.ppf(0.975))
Select = Callable[..., list[dict[str, Any]]]
Unit = tuple[str | None, int | None, bool | None]
units = st.lists(
    st.tuples(st.sampled_from(["a", "b", None]), st.integers(0, 12), st.booleans()), min_size=1
)


def table(rows: list[Unit]) -> pa.Table:
    queues, times, events = zip(*rows, strict=True)
    return pa.table(
        {
            "queue_id": pa.array(queues, pa.string()),
            "elapsed_seconds": pa.array(times, pa.int64()),
            "is_repeated": pa.array(events, pa.bool_()),
        }
    )


def read(*times: int) -> str:
    return READ.replace("TIMES", str(list(times)))


def reference(rows: list[Unit], queue: str | None, until: int) -> tuple[Fraction, Fraction | None]:
    """Survival just after a time and the sum of Greenwood's terms, exactly."""
    watched = [(time, event) for key, time, event in rows if key == queue and time is not None]
    survival, greenwood = Fraction(1), Fraction(0)
    for time in sorted({time for time, event in watched if event and time <= until}):
        at_risk = sum(other >= time for other, _ in watched)
        events = sum(other == time and bool(event) for other, event in watched)
        survival *= Fraction(at_risk - events, at_risk)
        if events == at_risk:
            return survival, None
        greenwood += Fraction(events, at_risk * (at_risk - events))
    return survival, greenwood


def check(row: dict[str, Any], survival: Fraction, greenwood: Fraction | None) -> None:
    """One row against the exact figures and the formula of the interval."""
    assert row["survival_probability"] == pytest.approx(float(survival), rel=1e-13)
    if greenwood is None:
        assert row["survival_probability"] == 0
        assert row["survival_variance"] is row["survival_low"] is row["survival_high"] is None
        return
    variance = float(survival**2 * greenwood)
    assert row["survival_variance"] == pytest.approx(variance, rel=1e-13)
    if survival == 1:
        assert row["survival_low"] is row["survival_high"] is None
        return
    centre = math.log(-math.log(survival))
    error = math.sqrt(greenwood) / -math.log(survival)
    ends = [math.exp(-math.exp(centre + sign * Z * error)) for sign in (1, -1)]
    found = [row["survival_low"], row["survival_high"]]
    assert found == pytest.approx(ends, rel=1e-9, abs=1e-300)
    assert 0 <= found[0] <= row["survival_probability"] <= found[1] <= 1


def test_golden_first_contact_resolution(select: Select) -> None:
    contacts = [(0, None), (5, 8), (10, 17), (20, None), (30, 40), (34, 36), (35, None), (38, None)]
    rows: list[Unit] = [
        ("q", ((40 if after is None else after) - end) * DAY, after is not None)
        for end, after in contacts
    ]
    found = select(read(*(day * DAY for day in (1, 3, 7, 14, 30))), units=table(rows))
    found.sort(key=lambda row: row["asked_seconds"])
    survival = [row["survival_probability"] for row in found]
    assert survival == pytest.approx([1, 0.729167, 0.546875, 0.364583, 0.364583], abs=5e-7)
    assert [row["at_risk_count"] for row in found] == [8, 6, 4, 2, 1]


@settings(max_examples=60, deadline=None)
@given(rows=units)
def test_agrees_with_exact_fractions(select: Select, rows: list[Unit]) -> None:
    watched = [*rows, ("a", None, True), ("b", 5, None)]
    curve = select(CURVE, units=table(watched))
    events = {(key, time) for key, time, event in rows if event}
    assert len(curve) == len(events)
    assert {(row["queue_id"], row["event_seconds"]) for row in curve} == events
    for row in curve:
        key, time = row["queue_id"], row["event_seconds"]
        check(row, *reference(rows, key, time))
        assert row["event_count"] == rows.count((key, time, True))
        assert row["at_risk_count"] == sum(
            other == key and when >= time for other, when, _ in rows if when is not None
        )


@settings(max_examples=60, deadline=None)
@given(rows=units)
def test_the_curve_is_read_where_it_is_asked(select: Select, rows: list[Unit]) -> None:
    found = select(read(0, 3, 7, 20), units=table(rows))
    assert len(found) == 4 * len({key for key, _, _ in rows})
    for row in found:
        key, asked = row["queue_id"], row["asked_seconds"]
        at_risk = sum(other == key and (when or 0) >= asked for other, when, _ in rows)
        survival, greenwood = reference(rows, key, asked)
        assert row["at_risk_count"] == at_risk
        if at_risk == 0 and survival > 0:
            assert row["survival_probability"] is row["survival_low"] is None
        else:
            check(row, survival, greenwood)


def test_a_large_curve_agrees_with_statsmodels(select: Select) -> None:
    generator = np.random.default_rng(7)
    count = 100_000
    times = generator.exponential(9 * DAY, count).astype(int)
    watched = generator.integers(1, 30 * DAY, count)
    happened = times <= watched
    elapsed = np.minimum(times, watched)
    curve = select(
        "{{ kaplan_meier('units', [], 'elapsed_seconds', 'is_repeated') }}",
        units=pa.table({"elapsed_seconds": elapsed, "is_repeated": happened}),
    )
    curve.sort(key=lambda row: row["event_seconds"])
    known = SurvfuncRight(elapsed, happened.astype(int))
    found = {name: np.array([row[name] for row in curve], dtype=float) for name in curve[0]}
    np.testing.assert_array_equal(found["event_seconds"], known.surv_times)
    np.testing.assert_array_equal(found["at_risk_count"], known.n_risk)
    usual = slice(0, len(curve) - 1)
    np.testing.assert_allclose(
        found["survival_probability"][usual], np.asarray(known.surv_prob)[usual], rtol=1e-11
    )
    error = np.sqrt(found["survival_variance"][usual])
    np.testing.assert_allclose(error, np.asarray(known.surv_prob_se)[usual], rtol=1e-9)


def test_order_of_rows_changes_no_bit(select: Select) -> None:
    generator = np.random.default_rng(3)
    rows: list[Unit] = [
        ("a", int(time), bool(event))
        for time, event in zip(
            generator.integers(0, 900, 5000), generator.integers(0, 2, 5000), strict=True
        )
    ]
    results = []
    for order in (rows, rows[::-1], sorted(rows, key=lambda row: (row[2], -(row[1] or 0)))):
        curve = select(CURVE, units=table(order))
        results.append(sorted(map(repr, curve)))
    assert results[0] == results[1] == results[2]
