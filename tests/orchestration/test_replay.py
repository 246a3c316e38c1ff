"""The replay against dbt: the same deliveries give every relation the same content."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from orchestration.home import Home
from orchestration.publication.content import content_hash
from tests.histories.history import seeded_history
from tests.kpis.deliver import write_history
from tests.replay import Replay

DIFFERENT = {"marts.rpt_deliveries", "intermediate.int_new_deliveries"}
"""The one holds the instant of each landing; in the other nothing is new once dbt has built."""


def test_replay_leaves_what_dbt_leaves(
    tmp_path: Path, run_unaudited: Callable[..., Any], replay: Replay
) -> None:
    history = seeded_history(5, 250)
    by_dbt, replayed = Home.at(tmp_path / "dbt"), Home.at(tmp_path / "replayed")
    for home in (by_dbt, replayed):
        write_history(home, history)
    run_unaudited(by_dbt, as_of=history.as_of_text)
    replay.run(replayed, history.as_of_text)
    expected, found = contents(by_dbt), contents(replayed)
    assert expected.keys() == found.keys()
    assert {
        name: (expected[name], found[name]) for name in found if expected[name] != found[name]
    } == {}
    assert sum(1 for rows, _ in found.values() if rows) > 150


def contents(home: Home) -> dict[str, tuple[int, str]]:
    """Rows and content hash of every relation that models and lists are."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        names = connection.execute(
            "select table_schema || '.' || table_name from information_schema.tables"
        ).fetchall()
        return {
            name: content_hash(connection, name)
            for (name,) in names
            if not name.startswith("home.") and name not in DIFFERENT
        }
