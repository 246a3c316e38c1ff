"""Every KPI is one line of sums and one line of words."""

import csv
from typing import Any

import pytest

from tests.project.laws.breach import ROOT, demand
from tests.project.laws.kpis import (
    LINES,
    REPORTED,
    WORDS,
    macro_value,
    reported_breaches,
    sums_breaches,
    words_breaches,
)


@pytest.fixture(scope="module")
def text() -> str:
    return (ROOT / LINES).read_text("utf-8")


@pytest.fixture(scope="module")
def lines(text: str) -> list[dict[str, Any]]:
    found = macro_value(text, "kpi_definitions")
    assert len(found) > 5 and all(line["kpi_id"] for line in found)
    return found


def test_every_kpi_has_its_line_and_its_words(text: str, lines: list[dict[str, Any]]) -> None:
    families = macro_value(text, "kpi_families")
    reported = [row["kpi_id"] for row in seed(REPORTED)]
    demand(words_breaches(lines, seed(WORDS), families, reported))


def test_every_reported_kpi_is_a_column_of_its_report(marts: list[dict[str, Any]]) -> None:
    columns = {node["name"]: list(node["columns"]) for node in marts}
    assert len(seed(REPORTED)) > 3
    demand(reported_breaches(seed(REPORTED), columns))
    absent = {"kpi_id": "x", "mart_name": "rpt_waits", "column_name": "p51_wait_seconds"}
    assert reported_breaches([absent], columns)


def seed(file: str) -> list[dict[str, str]]:
    """The rows of a seed."""
    with (ROOT / file).open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def test_every_sum_and_scope_is_a_column_of_the_family_s_aggregate(
    text: str, lines: list[dict[str, Any]], marts: list[dict[str, Any]]
) -> None:
    aggregates = {node["name"]: list(node["columns"]) for node in marts}
    families, scopes = macro_value(text, "kpi_families"), macro_value(text, "kpi_scope_sets")
    demand(sums_breaches(lines, families, scopes, aggregates))


LINE = {
    "kpi_id": "answer_rate", "family": "transactional", "numerator": "answered_count + more_count",
    "denominator": "offered_count", "squares": "cast(null as bigint)",
    "inputs": "offered_count", "eligible": "offered_count", "scopes": "visits",
}  # fmt: skip
ROW = {"kpi_id": "answer_rate", "family_code": "transactional", "unit_code": "share"}


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([LINE], []),
        ([], [ROW]),
        ([LINE, LINE], [ROW]),
        ([LINE], [ROW, ROW]),
        ([LINE], [{**ROW, "family_code": "emotional"}]),
        ([LINE], [{**ROW, "unit_code": "seconds"}]),
    ],
)
def test_a_kpi_without_line_words_or_unit_is_seen(
    lines: list[dict[str, Any]], words: list[dict[str, str]]
) -> None:
    assert words_breaches(lines, words)
    assert not words_breaches([LINE], [ROW])


@pytest.mark.parametrize("change", [
    {"numerator": "answred_count"}, {"denominator": "offers"}, {"squares": "answered_squares"},
    {"inputs": "ofered_count"}, {"eligible": "offered_count + lost"}, {"family": "behavioural"},
    {"scopes": "legs"}, {"scopes": "answers"},
])  # fmt: skip
def test_a_sum_or_scope_that_is_no_column_is_seen(change: dict[str, str]) -> None:
    families = {"transactional": {"aggregate": "agg_transactional_daily"}}
    scopes = {"visits": {"company": None, "site": "site_id"}, "answers": {"team": "team_id"}}
    columns = {"agg_transactional_daily": [
        "answered_count", "more_count", "offered_count", "site_id",
    ]}  # fmt: skip
    assert not sums_breaches([LINE], families, scopes, columns)
    assert len(sums_breaches([{**LINE, **change}], families, scopes, columns)) == 1


def test_macros_hand_back_values_through_each_other() -> None:
    text = (
        "{% macro one(a) %}{{ return({'a': a}) }}{% endmacro %}"
        "{% macro all() %}{% set b = {'x': none} %}{{ return([one('1'), dict(b, y='2')]) }}"
        "{% endmacro %}"
    )
    assert macro_value(text, "all") == [{"a": "1"}, {"x": None, "y": "2"}]
