"""Facts are published month by month, by the local day of their rows."""

from typing import Any

import pytest

from tests.project.laws.breach import demand
from tests.project.laws.periods import period_breaches


def mart(name: str, period_column: str | None) -> dict[str, Any]:
    return {
        "name": name,
        "original_file_path": f"models/marts/transactional/{name}.sql",
        "config": {"meta": {"period_column": period_column} if period_column else {}},
        "columns": {
            "entered_date": {"data_type": "date"},
            "entered_at": {"data_type": "timestamp"},
        },
    }


def test_every_fact_names_the_day_by_which_it_is_published(marts: list[dict[str, Any]]) -> None:
    assert any(node["name"].startswith("fct_") for node in marts)
    demand(period_breaches(marts))


@pytest.mark.parametrize("column", [None, "left_date", "entered_at"])
def test_a_fact_without_a_day_of_its_own_is_seen(column: str | None) -> None:
    assert len(period_breaches([mart("fct_calls", column)])) == 1
    assert not period_breaches([mart("fct_calls", "entered_date")])


def test_what_is_no_fact_is_published_whole() -> None:
    assert not period_breaches([mart("rpt_calls", None), mart("agg_calls_daily", None)])
