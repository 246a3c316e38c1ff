"""The comparison of marts sees what it is for."""

from pathlib import Path

import duckdb
import pytest

from tests.spark.marts import compared_marts

ROW = "select 'a' as id, cast(1.5 as decimal(38, 12)) as points, 0.5::double as share, 1 as legs"


@pytest.mark.parametrize(
    ("other", "differences"),
    [
        (ROW, 0),
        (ROW.replace("0.5::double", "0.5000000001::double"), 0),
        (ROW.replace("0.5::double", "0.50000001::double"), 1),
        (ROW.replace("0.5::double", "null::double"), 1),
        (ROW.replace("1.5", "1.500000000001"), 1),
        (ROW.replace("'a'", "null::varchar"), 1),
        (ROW + " union all " + ROW, 1),
        (ROW + " where false", 1),
        (ROW.replace("1 as legs", "1::bigint as legs"), 1),
    ],
)
def test_a_difference_is_counted(other: str, differences: int, tmp_path: Path) -> None:
    for folder, query in (("one", ROW), ("two", other)):
        (tmp_path / folder).mkdir()
        duckdb.execute(f"copy ({query}) to '{tmp_path / folder}/fct.parquet'")
    (found,) = compared_marts(tmp_path / "one", tmp_path / "two")
    assert found.differences == differences


def test_a_mart_of_one_engine_only_differs(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    duckdb.execute(f"copy ({ROW}) to '{tmp_path}/one/fct.parquet'")
    (found,) = compared_marts(tmp_path / "one", tmp_path / "two")
    assert found.differences == 1
