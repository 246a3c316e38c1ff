"""SQL that two engines read alike, as far as text can tell."""

import pytest

from tests.project.laws.breach import demand, texts_under
from tests.project.laws.portability import (
    FOREIGN,
    choice_breaches,
    foreign_breaches,
    quote_breaches,
)


@pytest.fixture(scope="module")
def shared() -> dict[str, str]:
    """Models, macros and data tests outside the folder of shims."""
    found = texts_under("models", "macros", "tests/data")
    return {file: text for file, text in found.items() if not file.startswith("macros/engine/")}


def test_no_shared_sql_uses_what_engines_read_differently(shared: dict[str, str]) -> None:
    assert shared
    demand(foreign_breaches(shared))


def test_texts_stand_in_single_quotes_without_backslashes(shared: dict[str, str]) -> None:
    demand(quote_breaches(shared))


def test_a_choice_among_rows_says_why_there_are_no_ties(shared: dict[str, str]) -> None:
    demand(choice_breaches(shared))


EXAMPLES = [
    "cast(a as varchar)", "a::date", "date_diff('day', a, b)", "datediff(a, b)", "strftime(a, b)",
    "epoch(a)", "extract(epoch from a)", "isodow(a)", "dayofweek(a)", "timezone('UTC', a)",
    "hash(a)", "approx_quantile(a, 0.5)", "string_agg(a, ',')", "list(a)", "unnest(a)",
    "generate_series(1, 2)", "try_cast(a as date)", "regexp_matches(a, b)", "to_json(a)",
    "read_csv('a')", "round(a, 2)", "concat(a, b)", "concat_ws(',', a, b)",
    "cast(2.5 as int)", "cast(a_share as bigint)", "log(a)", "valid_to_date - 1",
    "b - valid_from_date", "ended_at - entered_at",
]  # fmt: skip


@pytest.mark.parametrize("text", EXAMPLES)
def test_a_foreign_construct_is_seen(text: str) -> None:
    assert foreign_breaches({"a.sql": f"select {text} from a"})
    assert foreign_breaches({"a.sql": f'{{{{ ratio("{text}", "b") }}}}'})


def test_every_foreign_construct_has_an_example() -> None:
    import re

    idle = [word for word in FOREIGN if not any(re.search(word, text) for text in EXAMPLES)]
    assert not idle


def test_a_shim_a_comment_and_a_text_may_name_what_differs() -> None:
    shim = "{% macro duckdb__safe_cast(a) -%}\ntry_cast({{ a }} as date)\n{%- endmacro %}"
    text = f"{shim}\n{{# epoch() #}} select 'hash(a)', row_hash, listed -- ::\n"
    assert not foreign_breaches({"a.sql": text})
    assert foreign_breaches({"a.sql": shim.replace("duckdb__", "")})


def test_a_double_quote_and_a_backslash_are_seen() -> None:
    assert quote_breaches({"a.sql": 'select "a"'})
    assert quote_breaches({"a.sql": "select 'a\\b'"})
    assert not quote_breaches({"a.sql": '{{ ratio("a", \'b\\n\') }} -- "c"\n'})


def test_a_choice_without_a_reason_is_seen() -> None:
    choice = "select max_by(a, b) from c\n"
    assert choice_breaches({"a.sql": choice})
    assert not choice_breaches({"a.sql": f"-- b is a key: no ties\n{choice}"})
