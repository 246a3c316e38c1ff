"""The last word of a column is its unit."""

from typing import Any

import pytest

from tests.project.laws import exceptions
from tests.project.laws.breach import demand, excused
from tests.project.laws.columns import (
    Column,
    additive_breaches,
    columns_of,
    result_breaches,
    seed_headers,
    unit_breaches,
    untyped_breaches,
    word_breaches,
)


@pytest.fixture(scope="module")
def columns(manifest: dict[str, Any]) -> list[Column]:
    found = columns_of(manifest)
    assert {column.room for column in found} >= {"stg", "int", "fct", "seed", "source"}
    return found


def column(name: str, data_type: str | None = None, table: str = "fct_calls") -> Column:
    return Column("a.yml", table.split("_")[0], table, name, data_type)


def test_the_last_word_of_a_column_is_its_unit_with_its_type(columns: list[Column]) -> None:
    demand(excused(unit_breaches(columns), exceptions.UNITS))


def test_no_column_has_a_forbidden_word(columns: list[Column]) -> None:
    demand(word_breaches(columns))


def test_results_of_divisions_live_in_kpi_and_rpt_only(columns: list[Column]) -> None:
    demand(result_breaches(columns))


def test_an_aggregate_holds_only_keys_and_sums(columns: list[Column]) -> None:
    demand(additive_breaches(columns))


def test_every_seed_column_has_a_type(columns: list[Column]) -> None:
    demand(untyped_breaches(seed_headers(), columns))


@pytest.mark.parametrize(
    ("name", "data_type", "table"),
    [
        ("wait", "bigint", "fct_calls"),
        ("wait_minutes", "bigint", "fct_calls"),
        ("seconds", "bigint", "fct_calls"),
        ("wait_seconds", "integer", "fct_calls"),
        ("answered_at", "date", "fct_calls"),
        ("agent_id", "varchar", "fct_calls"),
        ("answered", "boolean", "fct_calls"),
        ("is_answered", "bigint", "fct_calls"),
        ("answer_score", "double", "fct_calls"),
        ("value", "double", "rpt_calls"),
        ("value", "decimal(38,12)", "kpi_calls"),
        ("answer_rate", "decimal(18,2)", "kpi_calls"),
        ("reason_fr", "string", "dim_reasons"),
    ],
)
def test_a_column_without_its_unit_or_type_is_seen(name: str, data_type: str, table: str) -> None:
    assert unit_breaches([column(name, data_type, table)])


@pytest.mark.parametrize(
    ("name", "data_type", "table"),
    [
        ("wait_seconds", "bigint", "fct_calls"),
        ("reason_name_fr", "string", "dim_reasons"),
        ("value", "double", "kpi_calls"),
        ("answer_score", "decimal(18,12)", "fct_calls"),
        ("answer_score", None, "stg_a__calls"),
        ("has_hold", "boolean", "fct_calls"),
    ],
)
def test_a_column_with_its_unit_is_no_breach(name: str, data_type: str | None, table: str) -> None:
    assert not unit_breaches([column(name, data_type, table)])


@pytest.mark.parametrize("name", ["avg_seconds", "total_count", "number_of_id", "aht_seconds"])
def test_a_forbidden_word_is_seen(name: str) -> None:
    assert word_breaches([column(name)])
    assert not word_breaches([column("leg_number"), column("recounted_count")])


def test_a_result_in_a_fact_is_seen() -> None:
    assert result_breaches([column("answer_share", "double")])
    assert not result_breaches([column("answer_share", "double", "rpt_calls")])


def test_a_column_that_may_not_be_summed_is_seen() -> None:
    bad = column("answer_rate", "double", "agg_calls_daily")
    worse = column("is_answered", "boolean", "agg_calls_daily")
    fine = column("wait_seconds", "bigint", "agg_calls_daily")
    assert len(additive_breaches([bad, worse, fine])) == 2


def test_an_untyped_seed_column_is_seen() -> None:
    typed = [Column("seeds/_seeds.yml", "seed", "scales", "scale_code", "string")]
    assert not untyped_breaches({"scales": ["scale_code"]}, typed)
    assert len(untyped_breaches({"scales": ["box_count"]}, typed)) == 2
