"""Every KPI of the warehouse against the independent oracle, over random histories."""

import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from orchestration.home import Home
from tests.histories.history import History, histories, seeded_history
from tests.kpis.deliver import built_kpi_values, landed_history, write_history
from tests.oracle import kpi_values as oracle
from tests.oracle.kpis import KPIS
from tests.replay import Replay

EXACT = (
    "reason_code",
    "suppression_code",
    "is_change_real",
    "event_count",
    "denominator",
    "definition_number",
)
PUBLISHED = set(KPIS)
"""Every KPI that the warehouse publishes; the oracle knows each."""
CLOSE = ("value", "low", "high", "previous_value", "numerator", "squares", "input_share")


@pytest.mark.parametrize(
    ("seed", "count"),
    [(4, 600), *(pytest.param(seed, 1500, marks=pytest.mark.soak) for seed in (1, 2, 3))],
)
def test_a_large_history_gives_the_oracles_figures(
    seed: int, count: int, tmp_path: Path, replay: Replay
) -> None:
    differences = compare(seeded_history(seed, count), Home.at(tmp_path / "home"), replay, seed)
    assert not differences, "\n".join(differences[:20])


@pytest.mark.parametrize("count", [2, pytest.param(20, marks=pytest.mark.soak)])
def test_random_histories_give_the_oracles_figures(
    count: int, tmp_path_factory: pytest.TempPathFactory, replay: Replay
) -> None:
    @settings(
        max_examples=count,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        derandomize=True,
    )
    @given(history=histories())
    def check(history: History) -> None:
        home = Home.at(tmp_path_factory.mktemp("history"))
        differences = compare(history, home, replay, 0, parts=1)
        assert not differences, "\n".join(differences[:20])

    check()


def compare(history: History, home: Home, replay: Replay, seed: int, parts: int = 3) -> list[str]:
    """Differences between the built `kpi_values` of a history and the oracle's, in words."""
    write_history(home, history, seed, parts)
    landing = replay.run(home, history.as_of_text)
    known = landed_history(home, history)
    turned_away = sum(map(len, history.tables.values())) - sum(map(len, known.tables.values()))
    # The ledger has one record for equal bytes; only the summary counts files sent twice.
    assert landing.read_count == sum(map(len, history.tables.values()))
    assert landing.rejected_count <= turned_away
    assert turned_away <= landing.rejected_count + landing.duplicate_count
    expected = oracle.kpi_values(
        known.tables,
        known.lists,
        known.zone,
        known.site,
        known.as_of and known.as_of.replace(microsecond=0),
    )
    found = built_kpi_values(home)
    said = [f"missing {key}: {expected[key]}" for key in sorted(expected.keys() - found.keys())]
    said += [f"unexpected {key}: {found[key]}" for key in sorted(found.keys() - expected.keys())]
    for key in sorted(expected.keys() & found.keys()):
        for column in EXACT:
            if expected[key][column] != found[key][column]:
                said.append(f"{key} {column}: {expected[key][column]} but {found[key][column]}")
        if expected[key]["is_final"] not in (None, found[key]["is_final"]):
            said.append(f"{key} is_final: {expected[key]['is_final']}")
        for column in CLOSE:
            wanted, got = expected[key][column], found[key][column]
            if column == "input_share" and expected[key]["suppression_code"]:
                wanted = None
            if not is_close(wanted, got, 1e-9):
                said.append(f"{key} {column}: {wanted} but {got}")
        if not is_close(expected[key]["change_p_value"], found[key]["change_p_value"], 1e-7):
            said.append(
                f"{key} p: {expected[key]['change_p_value']} but {found[key]['change_p_value']}"
            )
    return said


def is_close(wanted: Any, got: Any, tolerance: float) -> bool:
    """Both null, or equal within a relative (and near 0 absolute) tolerance."""
    if wanted is None or got is None:
        return wanted is None and got is None
    return math.isclose(float(Decimal(wanted)), float(got), rel_tol=tolerance, abs_tol=tolerance)
