"""Marts beside the oracle's rows: what is compared, and how differences are said."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from orchestration.home import Home
from orchestration.landing.casting.pseudonyms import pseudonym, read_key
from tests.histories.history import History
from tests.kpis.deliver import landed_history, write_history
from tests.oracle.world import World, judged_world
from tests.replay import Replay

Rows = dict[Any, dict[str, Any]]


@dataclass(frozen=True)
class Mart:
    """A mart under the oracle: its key, columns that must be equal, columns equal up to 1e-9."""

    key: tuple[str, ...]
    exact: tuple[str, ...]
    close: tuple[str, ...] = ()
    rows: str = "true"
    tolerance: float = 1e-9


def mart(key: str, exact: str, close: str = "", **said: Any) -> Mart:
    """Return a mart from names with blanks between them."""
    return Mart(tuple(key.split()), tuple(exact.split()), tuple(close.split()), **said)


def built_world(home: Home, history: History, replay: Replay, seed: int = 0) -> World:
    """Build a home with a history; return the oracle's world of the rows that passed the door."""
    write_history(home, history, seed, parts=1)
    # Builds are told whole seconds.
    as_of = history.as_of and history.as_of.replace(microsecond=0)
    replay.run(home, history.as_of_text)
    known = landed_history(home, history)
    return judged_world(known.tables, known.lists, known.zone, known.site, as_of)


def demand_equal(
    home: Home, name: str, marts: Mapping[str, Mart], expected: Mapping[str, Rows], least: int = 20
) -> None:
    """Fail unless a mart has the oracle's rows, and at least so many: not a comparison of none."""
    assert len(expected[name]) >= least, f"{name}: only {len(expected[name])} rows to compare"
    found = built_rows(home, name, marts[name])
    said = differences(name, marts[name], expected[name], found)
    assert not said, "\n".join(said[:20])


def built_rows(home: Home, name: str, guarded: Mart) -> Rows:
    """Return the rows of a mart by their key."""
    columns = [*guarded.key, *guarded.exact, *guarded.close]
    said = ", ".join(columns)
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        query = f"select {said} from marts.{name} where {guarded.rows}"
        rows = connection.execute(query).fetchall()
    found = {row[: len(guarded.key)]: dict(zip(columns, row, strict=True)) for row in rows}
    assert len(found) == len(rows), f"{name}: a key comes twice"
    return found


def differences(name: str, guarded: Mart, expected: Rows, found: Rows) -> list[str]:
    """Return what the oracle and a mart say otherwise, in words."""
    said = [f"{name}: missing {key}" for key in expected.keys() - found.keys()]
    said += [f"{name}: unexpected {key}" for key in found.keys() - expected.keys()]
    for key in expected.keys() & found.keys():
        for column in (*guarded.exact, *guarded.close):
            wanted, got = expected[key].get(column), found[key][column]
            is_same = wanted == got
            if column in guarded.close and wanted is not None and got is not None:
                room = guarded.tolerance
                is_same = math.isclose(float(wanted), float(got), rel_tol=room, abs_tol=room)
            if not is_same:
                said.append(f"{name} {key} {column}: {wanted} but {got}")
    return sorted(said)


def as_named(home: Home, rows: Rows) -> Rows:
    """Return rows in which customers have the pseudonyms that landing gave them."""
    key = read_key(home)
    return {
        name: row | {"customer_id": row["customer_id"] and pseudonym(key, row["customer_id"])}
        for name, row in rows.items()
    }
