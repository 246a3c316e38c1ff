"""The statistics macros without dbt: plain Jinja renders them, DuckDB computes them.

This folder is not a package: a package named `statistics` would hide the standard library's.
"""

import functools
import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import jinja2
import numpy as np
import pyarrow as pa
import pytest

MACROS = Path(__file__).resolve().parents[2] / "macros"
FOLDER = MACROS / "statistics"
SHIMS = ("numbers.sql", "sums.sql", "time.sql", "texts.sql", "words.sql")
"""Files of macros/engine/ that the statistics call."""


def renderer(macro_texts: dict[str, str], engine: str | None) -> Callable[[str], str]:
    """Renders lines of Jinja for an engine, without dbt.

    Without an engine every shim becomes a call of its own name with its arguments.
    """
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    known: dict[str, Any] = {}

    def dispatch(name: str, package: str = "") -> Callable[..., Any]:
        if engine is None:
            return lambda *arguments: f"{name}({', '.join(arguments)})"
        return known[f"{engine}__{name}"]

    provided: dict[str, Any] = {
        "adapter": SimpleNamespace(dispatch=dispatch),
        "return": lambda value: value,
        "modules": SimpleNamespace(re=re),
    }
    shims = [(MACROS / "engine" / name).read_text("utf-8") for name in SHIMS]
    namespace = environment.from_string("".join([*shims, *macro_texts.values()]), provided)
    known.update(vars(namespace.module))

    @functools.cache
    def to_sql(line: str) -> str:
        return environment.from_string(line, provided | known).render().strip()

    return to_sql


@pytest.fixture(scope="session")
def macro_texts() -> dict[str, str]:
    """Text of every macro file by file name."""
    return {path.name: path.read_text() for path in sorted(FOLDER.glob("*.sql"))}


@pytest.fixture(scope="session")
def render(macro_texts: dict[str, str]) -> Callable[[str], str]:
    """Renders one line of Jinja, such as `{{ ratio('a', 'b') }}`, to SQL.

    All files are one namespace, as in dbt, with the shims of DuckDB; an unknown name is an error.
    """
    return renderer(macro_texts, "duckdb")


@pytest.fixture(scope="session")
def render_shims(macro_texts: dict[str, str]) -> Callable[[str], str]:
    """The same, but every shim stays a call of its own name."""
    return renderer(macro_texts, None)


@pytest.fixture(scope="session")
def calculate(render: Callable[[str], str]) -> Callable[..., np.ndarray]:
    """`calculate("{{ ratio('a', 'b') }}", a=[1, 2], b=[3, 0])`: doubles, NaN where SQL is null.

    Fails if the engine gives another type than double, or NaN or an infinity of its own.
    """
    connection = duckdb.connect()
    connection.execute("set threads = 1")

    def compute(line: str, **columns: Sequence[object] | np.ndarray | pa.Array) -> np.ndarray:
        table = pa.table({name: pa.array(values) for name, values in columns.items()})
        count = table.num_rows
        connection.register("rows", table.append_column("row_number", pa.array(range(count))))
        query = f"select row_number, {render(line)} as result from rows order by row_number"
        relation = connection.execute(query)
        kind = relation.description[1][1]
        assert str(kind) == "DOUBLE", f"{line} is {kind}"
        results = [row[1] for row in relation.fetchall()]
        assert all(value is None or math.isfinite(value) for value in results), line
        return np.array([np.nan if value is None else value for value in results])

    return compute


@pytest.fixture(scope="session")
def select(render: Callable[[str], str]) -> Callable[..., list[dict[str, Any]]]:
    """`select("{{ kaplan_meier('units', ...) }}", units=table)`: rows of a rendered select.

    Every keyword is a relation of that name. Rows come in no order.
    """
    connection = duckdb.connect()
    connection.execute("set threads = 1")

    def rows(line: str, **relations: pa.Table) -> list[dict[str, Any]]:
        for name, table in relations.items():
            connection.register(name, table)
        found = connection.execute(f"select * from ({render(line)}) as found")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    return rows
