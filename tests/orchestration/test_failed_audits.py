"""A failed audit says in words what it demands, how many rows fail, which, and what to do."""

import json
from types import SimpleNamespace
from typing import Any

import duckdb

from orchestration.building.audits import audit_text, failure_text
from orchestration.home import Home

MODEL = "model.telltale.agg_days"
KEY = {
    "unique_id": "test.key",
    "name": "unique_key_agg_days",
    "attached_node": MODEL,
    "test_metadata": {"name": "unique_key", "kwargs": {"columns": ["entered_date", "site_id"]}},
}
SUM = {
    "unique_id": "test.sum",
    "name": "always_true_agg_days",
    "attached_node": MODEL,
    "test_metadata": {"name": "always_true", "kwargs": {"expression": "answered <= offered"}},
}
NEAR = {
    "unique_id": "test.near",
    "name": "assert_totals_are_near",
    "description": "Our visits\n are near the source's own totals.",
    "config": {"meta": {"to_do": "deliver the files that are missing"}},
}


def failed(test: dict[str, Any], query: str | None, count: int, status: str = "fail") -> Any:
    node = SimpleNamespace(
        unique_id=test["unique_id"],
        name=test["name"],
        original_file_path="tests/data/one.sql",
        compiled_code=query,
    )
    message = f"Got {count} results, configured to fail if != 0"
    return SimpleNamespace(node=node, status=status, failures=count, message=message)


def said(home: Home, *failures: Any) -> str:
    home.root.mkdir(parents=True)
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute(
            "create table agg_days as select date '2026-03-02' + range::integer as entered_date, "
            "'main' as site_id, 7 as waits, 3 as offered, 4 as answered from range(5)"
        )
    target = home.state / "target"
    target.mkdir(parents=True)
    nodes = {MODEL: {"name": "agg_days"}, **{one["unique_id"]: one for one in (KEY, SUM, NEAR)}}
    (target / "manifest.json").write_text(json.dumps({"nodes": nodes}), "utf-8")
    text = failure_text(home, list(failures))
    assert "Got " not in text and "nothing is published" in text
    return " ".join(text.split())


def test_an_identity_shows_the_keys_of_the_rows_and_what_it_compares(home: Home) -> None:
    text = said(home, failed(SUM, "select * from agg_days where answered > offered", 5))
    assert "agg_days: In every row: answered <= offered." in text
    assert "such as entered_date 2026-03-02, site_id main, offered 3, answered 4" in text
    assert text.count("such as") == 3 and "waits" not in text
    assert "found: 5 rows do not" in text and "telltale withdraw" in text


def test_a_sentence_about_the_warehouse_says_what_to_do(home: Home) -> None:
    text = said(home, failed(NEAR, "select 'calls' as source_code, null as offered", 1))
    assert "Our visits are near the source's own totals." in text
    assert "such as source_code calls, offered (empty)" in text
    assert "found: 1 row does not" in text and "to do: deliver the files" in text


def test_rows_that_cannot_be_asked_for_hide_no_failure(home: Home) -> None:
    text = said(
        home,
        failed(KEY, "select * from gone", 2),
        SimpleNamespace(
            node=SimpleNamespace(name="fct_days", original_file_path="models/fct_days.sql"),
            status="error",
            message="no such column",
        ),
    )
    assert "agg_days: One row for each entered_date and site_id; none is empty." in text
    assert "fct_days (models/fct_days.sql): no such column" in text


def test_a_test_without_words_is_its_name() -> None:
    assert audit_text({"name": "assert_all_is_well"}) == "Assert all is well."
