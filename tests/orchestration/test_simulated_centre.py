"""The warehouse finds what the simulation knows to be true."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.home import Home
from simulation import simulate


@pytest.fixture(scope="module")
def centre(
    tmp_path_factory: pytest.TempPathFactory, run_replayed: Callable[..., Any]
) -> tuple[Home, dict[str, Any]]:
    """A small simulated centre, run, and its truths."""
    home = Home.at(tmp_path_factory.mktemp("centre") / "home")
    truth = simulate(home, contacts=1500, weeks=4, seed=4)
    assert run_replayed(home).is_complete
    return home, json.loads(Path(truth).read_text("utf-8"))


def sums(home: Home, where: str = "true") -> dict[str, Any]:
    """All measures of the daily aggregate, added up."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        described = connection.execute("describe marts.agg_transactional_daily").fetchall()
        names = [name for name, kind, *_ in described if kind == "BIGINT"]
        added = ", ".join(f"sum({name})" for name in names)
        row = connection.execute(
            f"select {added} from marts.agg_transactional_daily where {where}"
        ).fetchone()
    return dict(zip(names, row or (), strict=True))


def test_every_outcome_and_every_second_is_found(centre: tuple[Home, dict[str, Any]]) -> None:
    home, truth = centre
    visits, found = truth["observed"]["visits"], sums(home)
    shared = [name for name in visits if name in found and name not in PARTS]
    assert len(shared) >= 12
    assert {name: found[name] for name in shared} == {name: visits[name] for name in shared}
    for name in ("talk_seconds", "hold_seconds"):
        assert found[name] == visits[f"known_{name}"]


PARTS = ("talk_seconds", "hold_seconds", "wrap_up_seconds")
"""In the truth over handled legs, in the aggregate over legs that know the part."""


def test_every_queue_is_found(centre: tuple[Home, dict[str, Any]]) -> None:
    home, truth = centre
    for queue, known in truth["observed"]["by_queue"].items():
        found = sums(home, f"queue_id = '{queue}'")
        for name in ("received_count", "offered_count", "answered_count", "short_abandon_count"):
            assert found[name] == known[name], (queue, name)


def test_satisfaction_is_found(centre: tuple[Home, dict[str, Any]]) -> None:
    home, truth = centre
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        found = connection.execute(
            "select answer_text, count(*) from marts.fct_survey_answers "
            "where question_code = 'csat' and not is_orphan group by answer_text"
        ).fetchall()
        counted = connection.execute(
            "select answer_text, count(*) from marts.fct_survey_answers "
            "where question_code = 'csat' and not is_orphan and exclusion_code is null "
            "group by answer_text"
        ).fetchall()
    known = truth["observed"]["distributions"]["csat"]
    assert dict(found) == {k: v for k, v in known.items() if v}
    known = truth["observed"]["distributions_counted"]["csat"]
    assert dict(counted) == {k: v for k, v in known.items() if v}
