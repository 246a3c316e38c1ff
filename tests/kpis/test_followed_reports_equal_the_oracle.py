"""The reports beside A11 and A12 against the independent oracle, over seeded histories."""

import math
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.home import Home
from tests.kpis.deliver import landed_history, write_history
from tests.kpis.histories import History, seeded_history
from tests.kpis.oracle_followed_reports import (
    rpt_channel_mixes,
    rpt_channel_promotions,
    rpt_digital_customers,
)
from tests.kpis.oracle_world import World, judged_world

PLACE = ("period_code", "period_start_date", "scope_code", "scope_id")
REPORTS: dict[str, tuple[tuple[str, ...], Callable[[World], dict[Any, dict[str, Any]]]]] = {
    "rpt_channel_promotions": (PLACE, rpt_channel_promotions),
    "rpt_digital_customers": (PLACE, rpt_digital_customers),
    "rpt_channel_mixes": (("mix_code", *PLACE, "channel_code"), rpt_channel_mixes),
}
TOLERANCE = 1e-9


@pytest.mark.parametrize("seed", [4, 9])
def test_every_figure_of_the_reports_is_the_oracles(
    seed: int, tmp_path: Path, run_home: Callable[..., Any]
) -> None:
    home, history = Home.at(tmp_path / "home"), seeded_history(seed, 500)
    write_history(home, history, seed)
    as_of = history.as_of.isoformat(sep=" ", timespec="seconds") if history.as_of else None
    run_home(home, as_of=as_of)
    world = known_world(landed_history(home, history))
    for report, (keys, expected_of) in REPORTS.items():
        expected, found = expected_of(world), built_report(home, report, keys)
        assert found.keys() == expected.keys()
        said = differences(expected, found)
        assert not said, report + "\n" + "\n".join(said[:20])
    lifted = [row for row in rpt_channel_promotions(world).values() if row["lift_gap"] is not None]
    assert any(0 < abs(row["lift_gap"]) < 1 for row in lifted)
    mixes = rpt_channel_mixes(world)
    assert {key[0] for key in mixes} == {"first", "resolving"}
    assert {row["reason_code"] for row in rpt_digital_customers(world).values()} > {None}


def known_world(known: History) -> World:
    """The oracle's world of the rows that passed the door; builds are told whole seconds."""
    as_of = known.as_of and known.as_of.replace(microsecond=0)
    return judged_world(known.tables, known.lists, known.zone, known.site, as_of)


def built_report(
    home: Home, report: str, keys: tuple[str, ...]
) -> dict[tuple[str | date, ...], dict[str, Any]]:
    """The rows of a report in the private warehouse, by their key; it must be one."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        found = connection.execute(f"select * from marts.{report}")
        names = [column[0] for column in found.description or []]
        rows = [dict(zip(names, values, strict=True)) for values in found.fetchall()]
    keyed = {tuple(row.pop(key) for key in keys): row for row in rows}
    assert len(keyed) == len(rows)
    return keyed


def differences(expected: dict[Any, dict[str, Any]], found: dict[Any, dict[str, Any]]) -> list[str]:
    """What differs in rows of the same keys, in words; every column is compared."""
    said = []
    for key, row in expected.items():
        assert row.keys() == found[key].keys()
        for column, wanted in row.items():
            got = found[key][column]
            if isinstance(wanted, Fraction | float) and got is not None:
                same = math.isclose(wanted, got, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
            else:
                same = wanted == got
            if not same:
                said.append(f"{key} {column}: {wanted} but {got}")
    return said
