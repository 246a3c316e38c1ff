"""The statistics macros without dbt: plain Jinja renders them, DuckDB computes them.

This folder is not a package: a package named `statistics` would hide the standard library's.
"""

import functools
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import jinja2
import numpy as np
import pyarrow as pa
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "macros" / "statistics"


@pytest.fixture(scope="session")
def macro_texts() -> dict[str, str]:
    """Text of every macro file by file name."""
    return {path.name: path.read_text() for path in sorted(FOLDER.glob("*.sql"))}


@pytest.fixture(scope="session")
def render(macro_texts: dict[str, str]) -> Callable[[str], str]:
    """Renders one line of Jinja, such as `{{ ratio('a', 'b') }}`, to SQL.

    All files are one namespace, as in dbt; an unknown name is an error.
    """
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    namespace = "".join(macro_texts.values())

    @functools.cache
    def to_sql(line: str) -> str:
        return environment.from_string(namespace + line).render().strip()

    return to_sql


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
