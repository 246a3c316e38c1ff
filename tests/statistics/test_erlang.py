"""Staffing by Erlang C and Erlang A: golden rows, slow recursions, numerical integration."""

import itertools
import math
from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from scipy import integrate

GIVEN = "'calls', ['row_id'], 'arrival_rate', 'handle', 'theta', 'threshold', "
LEAST = "{{ erlang_rows(" + GIVEN + "'target') }}"
AT = "{{ erlang_at(" + GIVEN + "'agents') }}"
Select = Callable[..., list[dict[str, Any]]]


def calls(*rows: dict[str, float | None]) -> pa.Table:
    """Rows with these defaults: 1 call per 18 s of 300 s, 20 s for 80 %, no patience known."""
    usual = {"arrival_rate": 1 / 18, "handle": 300.0, "theta": None, "threshold": 20.0}
    usual |= {"target": 0.8, "agents": None}
    whole = [{"row_id": number} | usual | row for number, row in enumerate(rows)]
    kinds = {name: pa.float64() for name in usual} | {"row_id": pa.int64(), "agents": pa.int64()}
    return pa.table({name: pa.array([row[name] for row in whole], kinds[name]) for name in kinds})


def ordered(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=lambda row: row["row_id"])


def loss(load: float, agents: int) -> float:
    """Erlang B by its recursion."""
    share = 1.0
    for number in range(1, agents + 1):
        share = load * share / (number + load * share)
    return share


def delay(load: float, agents: int) -> float:
    """Erlang C as it is usually written."""
    share = loss(load, agents)
    return agents * share / (agents - load * (1 - share))


def abandoning(
    rate: float, handle: float, theta: float, threshold: float, agents: int
) -> tuple[float, float, float]:
    """P(wait), P(abandon), P(served within the threshold) of M/M/n+M by integrating over waits."""
    y, mu = rate / theta, agents / handle
    top = max(0.0, math.log(rate / mu) / theta) if rate > mu else 0.0

    def exponent(wait: float) -> float:
        return -y * math.expm1(-theta * wait) - mu * wait

    peak = exponent(top)

    def area(low: float, high: float, leaving: float) -> float:
        width = 1 / math.sqrt(rate * theta) + 1 / (mu + 1e-3)
        steps = [top + width * step for step in range(-40, 41)]
        edges = [low, *(edge for edge in steps if low < edge < high), high]
        return sum(
            integrate.quad(
                lambda wait: math.exp(exponent(wait) - peak - leaving * wait),
                start, end, epsabs=1e-14, epsrel=1e-12, limit=200,
            )[0]
            for start, end in itertools.pairwise(edges)
        )  # fmt: skip

    far = top + 60 / (mu + 1e-3) + 60 / math.sqrt(rate * theta) + 400 / (mu + theta)
    idle = math.exp(-peak) / loss(rate * handle, agents - 1)
    total = idle + rate * area(0, far, 0)
    waits = rate * area(0, far, 0) / total
    served = (idle + rate * area(0, far, theta)) / total
    within = (idle + rate * area(0, min(threshold, far), theta)) / total
    return waits, 1 - served, within


def abandoning_by_states(rate: float, handle: float, theta: float, agents: int) -> list[float]:
    """P(wait) and P(abandon) from the birth and death chain itself."""
    logs, top = [0.0], 0.0
    for state in itertools.count(1):
        leaving = min(state, agents) / handle + max(0, state - agents) * theta
        logs.append(logs[-1] + math.log(rate / leaving))
        top = max(top, logs[-1])
        if leaving > rate and logs[-1] < top - 60:
            break
    weights = [math.exp(log - top) for log in logs]
    total = math.fsum(weights)
    queue = math.fsum(max(0, state - agents) * weight for state, weight in enumerate(weights))
    return [math.fsum(weights[agents:]) / total, theta * queue / total / rate]


def test_golden_erlang_c(select: Select) -> None:
    rows: list[dict[str, float | None]] = [{"handle": handle} for handle in (180.0, 300.0, 330.0)]
    first, second, third = ordered(select(LEAST, calls=calls(*rows)))
    assert first["erlang_c_agent_count"] == 14
    assert first["erlang_c_wait_probability"] == pytest.approx(0.1741, abs=5e-5)
    assert first["erlang_c_served_share"] == pytest.approx(0.8884, abs=5e-5)
    assert first["erlang_c_mean_wait_seconds"] == pytest.approx(7.84, abs=5e-3)
    assert first["erlang_c_occupancy_share"] == pytest.approx(0.7143, abs=5e-5)
    assert (second["erlang_c_agent_count"], third["erlang_c_agent_count"]) == (21, 23)
    assert second["erlang_c_served_share"] == pytest.approx(0.8263, abs=5e-5)
    assert third["erlang_c_served_share"] == pytest.approx(0.8341, abs=5e-5)
    assert first["erlang_a_agent_count"] is first["erlang_a_served_share"] is None


def test_golden_erlang_a(select: Select) -> None:
    rows: list[dict[str, float | None]] = [
        {"theta": 1 / 120, "handle": 300.0, "agents": 19},
        {"theta": 1 / 120, "handle": 330.0, "agents": 20},
    ]
    first, second = ordered(select(LEAST, calls=calls(*rows)))
    given, fewer = ordered(select(AT, calls=calls(*rows)))
    assert first["erlang_a_agent_count"] == 19
    for row in (first, given):
        assert row["erlang_a_abandonment_probability"] == pytest.approx(0.060415, abs=5e-7)
        assert row["erlang_a_mean_wait_seconds"] == pytest.approx(7.2498, abs=5e-5)
        assert row["erlang_a_wait_probability"] == pytest.approx(0.256982, abs=5e-7)
        assert row["erlang_a_served_share"] == pytest.approx(0.832143, abs=5e-7)
    assert given["erlang_c_mean_wait_seconds"] == pytest.approx(61.84, abs=5e-3)
    assert second["erlang_a_agent_count"] == 21
    assert second["erlang_a_served_share"] == pytest.approx(0.8463, abs=5e-5)
    assert fewer["erlang_a_served_share"] == pytest.approx(0.7971, abs=5e-5)


def test_erlang_c_agrees_with_the_slow_search(select: Select) -> None:
    generator = np.random.default_rng(11)
    rows: list[dict[str, float | None]] = [
        {
            "arrival_rate": 10 ** generator.uniform(-5, 0.6),
            "handle": generator.uniform(20, 900),
            "threshold": float(generator.choice([0, 5, 20, 120])),
            "target": generator.uniform(0.05, 0.99),
        }
        for _ in range(300)
    ]
    for given, row in zip(rows, ordered(select(LEAST, calls=calls(*rows))), strict=True):
        rate, handle, threshold, target = (float(value or 0) for value in given.values())
        load = rate * handle
        agents = math.floor(load) + 1
        while 1 - delay(load, agents) * math.exp(-(agents - load) * threshold / handle) < target:
            agents += 1
        assert row["erlang_c_agent_count"] == agents
        waits = delay(load, agents)
        assert row["erlang_c_wait_probability"] == pytest.approx(waits, rel=1e-10)
        mean = waits * handle / (agents - load)
        assert row["erlang_c_mean_wait_seconds"] == pytest.approx(mean, rel=1e-10)
        assert row["erlang_c_occupancy_share"] == pytest.approx(load / agents, rel=1e-14)


GRID: list[dict[str, float | None]] = [
    {"arrival_rate": load / handle, "handle": handle, "theta": 1 / patience,
     "threshold": threshold, "agents": max(1, round(load * share))}
    for load, handle, patience, threshold, share in itertools.product(
        (0.02, 1.3, 17.0, 160.0), (40.0, 420.0), (3.0, 90.0, 1500.0), (0.0, 20.0, 300.0),
        (0.5, 0.9, 1.0, 1.15, 1.7),
    )
]  # fmt: skip


def test_erlang_a_agrees_with_numerical_integration(select: Select) -> None:
    errors = []
    for given, row in zip(GRID, ordered(select(AT, calls=calls(*GRID))), strict=True):
        rate, handle, theta, threshold = (float(value or 0) for value in list(given.values())[:4])
        agents = int(given["agents"] or 0)
        waits, abandons, within = abandoning(rate, handle, theta, threshold, agents)
        errors += [
            row["erlang_a_wait_probability"] - waits,
            row["erlang_a_abandonment_probability"] - abandons,
            row["erlang_a_served_share"] - within,
        ]
        states = abandoning_by_states(rate, handle, theta, agents)
        assert row["erlang_a_wait_probability"] == pytest.approx(states[0], abs=1e-12)
        assert row["erlang_a_abandonment_probability"] == pytest.approx(states[1], abs=1e-12)
        assert row["erlang_a_mean_wait_seconds"] == pytest.approx(states[1] / theta, abs=1e-8)
        busy = rate * handle * (1 - states[1]) / agents
        assert row["erlang_a_occupancy_share"] == pytest.approx(busy, abs=1e-12)
    assert np.abs(errors).max() < 1e-11


def precise(given: dict[str, float | None]) -> float:
    """The share served within the threshold with 60 digits, from the plain series."""
    with localcontext() as context:
        context.prec = 60
        rate, handle, theta, threshold = (Decimal(value or 0) for value in list(given.values())[:4])
        agents = int(given["agents"] or 0)
        load, x, y = rate * handle, agents / (handle * theta), rate / theta
        share = Decimal(1)
        for number in range(1, agents):
            share = load * share / (number + load * share)
        staying = (-theta * threshold).exp()

        def series(z: Decimal) -> Decimal:
            term = total = Decimal(1)
            step = x
            while term > total * Decimal("1e-40"):
                step += 1
                term *= z / step
                total += term
            return total

        everyone, passed = series(y), series(y * staying)
        q = (y * (1 - staying) - x * theta * threshold).exp()
        served = 1 / share + everyone - 1 - q * (passed - 1)
        return float(served / (1 / share + y * everyone / x))


EXTREMES: list[dict[str, float | None]] = [
    {"arrival_rate": rate, "handle": handle, "theta": theta, "threshold": threshold,
     "agents": max(1, round(rate * handle * share))}
    for rate, handle, theta, threshold, share in itertools.product(
        (0.001, 0.5, 4.0), (60.0, 600.0), (1 / 2.0, 1 / 200.0, 1 / 25_000.0), (1.0, 60.0, 3600.0),
        (0.3, 0.97, 1.0, 1.03, 1.4),
    )
]  # fmt: skip
# As many arrivals as the agents can serve, to the last bit.
EXTREMES.append({"arrival_rate": 1 / 16, "handle": 256.0, "theta": 1 / 128, "threshold": 0.0,
                 "agents": 16})  # fmt: skip


def test_erlang_a_keeps_its_digits(select: Select) -> None:
    found = ordered(select(AT, calls=calls(*EXTREMES)))
    errors = np.array(
        [
            row["erlang_a_served_share"] - precise(given)
            for given, row in zip(EXTREMES, found, strict=True)
        ]
    )
    assert np.abs(errors).max() < 1e-11
    assert np.median(np.abs(errors)) < 2e-15


def test_erlang_a_finds_the_least_number(select: Select) -> None:
    generator = np.random.default_rng(5)
    rows: list[dict[str, float | None]] = [
        {
            "arrival_rate": 10 ** generator.uniform(-4, -0.4),
            "handle": generator.uniform(20, 900),
            "theta": 1 / 10 ** generator.uniform(0.3, 3.5),
            "threshold": float(generator.choice([0, 5, 20, 120, 600])),
            "target": generator.uniform(0.1, 0.99),
        }
        for _ in range(150)
    ]
    # Hardly anybody leaves and nobody may wait: the number lies at the far end of the search.
    for load, target in itertools.product((0.7, 4.0, 11.0, 23.0, 38.0), (0.4, 0.7, 0.9, 0.99)):
        patient = {"arrival_rate": load / 9, "handle": 9.0, "theta": 1e-4, "threshold": 0.0}
        rows.append({**patient, "target": target})
    found = ordered(select(LEAST, calls=calls(*rows)))
    every, owners = [], []
    for given, row in zip(rows, found, strict=True):
        for agents in range(1, row["erlang_a_agent_count"] + 3):
            every.append(given | {"agents": agents})
            owners.append((row, given["target"], agents))
    shares = [row["erlang_a_served_share"] for row in ordered(select(AT, calls=calls(*every)))]
    for (row, target, agents), share in zip(owners, shares, strict=True):
        assert (share >= target) == (agents >= row["erlang_a_agent_count"])
    assert all((np.diff(shares) > -1e-13) | (np.diff([agents for *_, agents in owners]) < 0))


def test_without_load_or_sense_there_is_no_staff(select: Select) -> None:
    nonsense: list[dict[str, float | None]] = [
        {name: value, "agents": 5}
        for name, value in [
            ("arrival_rate", 0.0), ("arrival_rate", -1.0), ("arrival_rate", None),
            ("handle", 0.0), ("handle", None), ("threshold", None), ("threshold", -1.0),
            ("target", 0.0), ("target", 1.0), ("target", None),
        ]
    ]  # fmt: skip
    found = select(LEAST, calls=calls(*nonsense))
    assert len(found) == len(nonsense)
    assert {value for row in found for name, value in row.items() if "_agent_" in name} == {None}
    for theta in (None, 0.0, -1.0):
        (row,) = select(LEAST, calls=calls({"theta": theta}))
        assert row["erlang_c_agent_count"] == 21
        assert row["erlang_a_agent_count"] is row["erlang_a_mean_wait_seconds"] is None
    (short,) = select(LEAST, calls=calls({"arrival_rate": 2.0, "handle": 0.5}))
    assert short["load_erlangs"] == 1
    assert short["erlang_c_agent_count"] == 2
    (full,) = select(AT, calls=calls({"arrival_rate": 0.05, "agents": 15}))
    assert full["load_erlangs"] == 15
    assert full["erlang_c_wait_probability"] is full["erlang_c_occupancy_share"] is None
    (unstable,) = select(AT, calls=calls({"agents": 16, "theta": 1 / 120}))
    assert unstable["erlang_c_wait_probability"] is unstable["erlang_c_mean_wait_seconds"] is None
    assert unstable["erlang_c_served_share"] is unstable["erlang_c_occupancy_share"] is None
    assert unstable["erlang_a_served_share"] > 0.5


def test_great_patience_becomes_erlang_c(select: Select) -> None:
    (row,) = select(AT, calls=calls({"theta": 1e-7, "agents": 20}))
    for name in ("wait_probability", "mean_wait_seconds", "served_share", "occupancy_share"):
        assert row[f"erlang_a_{name}"] == pytest.approx(row[f"erlang_c_{name}"], rel=1e-3)
