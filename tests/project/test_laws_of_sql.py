"""Habits of SQL, and the one division."""

import pytest

from tests.project.laws import exceptions
from tests.project.laws.breach import demand, excused, texts_under
from tests.project.laws.sql import (
    alias_breaches,
    clock_breaches,
    config_breaches,
    division_breaches,
    engine_breaches,
    habit_breaches,
    layout_breaches,
)
from tests.project.laws.text import kept, marks

ENGINES = ("macros/engine/", "macros/materializations/")


@pytest.fixture(scope="module")
def models() -> dict[str, str]:
    found = texts_under("models")
    assert found
    return found


@pytest.fixture(scope="module")
def everything() -> dict[str, str]:
    return texts_under("models", "macros", "tests/data")


def test_only_one_macro_divides(everything: dict[str, str]) -> None:
    demand(excused(division_breaches(everything), exceptions.DIVISIONS))


def test_a_model_neither_configures_itself_nor_loops(models: dict[str, str]) -> None:
    demand(config_breaches(models))


def test_an_alias_is_a_word(everything: dict[str, str]) -> None:
    demand(alias_breaches(everything))


def test_groups_are_named_joins_say_their_kind_and_words_are_lower_case(
    everything: dict[str, str],
) -> None:
    demand(habit_breaches(everything))


def test_lines_are_clean_and_no_longer_than_a_screen(
    models: dict[str, str], everything: dict[str, str]
) -> None:
    """A macro may be longer: a KPI is one line, and so is a dispatch."""
    demand(layout_breaches(models))
    macros = {file: text for file, text in everything.items() if file not in models}
    demand(layout_breaches(macros, longest=None))


def test_only_the_engine_macros_name_an_engine(everything: dict[str, str]) -> None:
    shared = {file: text for file, text in everything.items() if not file.startswith(ENGINES)}
    demand(engine_breaches(shared))


def test_nothing_asks_the_wall_clock(everything: dict[str, str]) -> None:
    demand(clock_breaches(everything))


def test_code_is_told_from_comments_and_quotes() -> None:
    text = "a -- b\n'c''d' {# e #} {{ f('g\\'h', {'i': {'j': 1}}) }} \"k\" '{{ l(\"'\") }}' m"
    assert kept(text, "S").split() == ["a", "m"]
    assert kept(text, "j").split() == ["'g\\'h'", "'i'", "'j'", '"\'"']
    assert kept(text, "n").strip() == '"k"'
    assert len(marks(text)) == len(text)
    assert marks("{{ open") and marks("'open") and marks("/* open")


@pytest.mark.parametrize(
    "text", ["select a / b", "select {{ 1 / 2 }}", "{{ x('a / ' ~ b) }}", "select a // b"]
)
def test_a_second_division_is_seen(text: str) -> None:
    (breach,) = division_breaches({"a.sql": text})
    assert breach.place == "a.sql:1"


def test_a_slash_in_a_comment_or_a_text_is_no_division() -> None:
    assert not division_breaches({"a.sql": "{# a / b #} -- a / b\nselect 'a/b' /* c */"})


@pytest.mark.parametrize("text", ["{{ config(x=1) }}", "{% if a %}", "{%- for a in b -%}"])
def test_configuration_and_loops_in_a_model_are_seen(text: str) -> None:
    assert config_breaches({"a.sql": text})
    assert not config_breaches({"a.sql": f"-- {'x'}\n{{{{ ref('config') }}}}"})


@pytest.mark.parametrize(
    "text",
    [
        "select * from contact_legs as l",
        "select * from contact_legs cl",
        "select * from {{ ref('a') }} as leg",
        "select * from a inner join {{ ref('a') }} legs2 on true",
        "select a as b from c",
    ],
)
def test_an_alias_that_is_no_word_is_seen(text: str) -> None:
    assert alias_breaches({"a.sql": text})


@pytest.mark.parametrize(
    "text",
    [
        "select low as high from contacts as company_contacts where true",
        "select cast(a as date) from contacts\ngroup by a",
        "from {{ ref('a') }}\n    cross join {{ ref('b') }} as outcomes",
    ],
)
def test_words_as_aliases_are_no_breach(text: str) -> None:
    assert not alias_breaches({"a.sql": text})


@pytest.mark.parametrize(
    "text",
    ["group by 1", "group by a, 2", "from a join b", "from a\n    join b", "SELECT a", "sum(A)"],
)
def test_bad_habits_are_seen(text: str) -> None:
    assert habit_breaches({"a.sql": text})


def test_good_habits_are_no_breach() -> None:
    text = "select 'ABC' from a\ninner join b using (c)\nleft outer join d on e -- SQL\ngroup by f1"
    assert not habit_breaches({"a.sql": text})


@pytest.mark.parametrize("text", ["a\tb\n", "a \n", f"{'a' * 121}\n", "a", "a\n\n"])
def test_unclean_lines_are_seen(text: str) -> None:
    assert layout_breaches({"a.sql": text})
    assert not layout_breaches({"a.sql": "a\n"})


@pytest.mark.parametrize("text", ["duckdb__x()", "{{ target.type == 'spark' }}", "select 'Spark'"])
def test_an_engine_is_seen(text: str) -> None:
    assert engine_breaches({"a.sql": text})
    assert not engine_breaches({"a.sql": "{# inf on DuckDB #} select 1 -- null on Spark"})


@pytest.mark.parametrize(
    "text", ["select now()", "where a < current_date", "{{ x('today()') }}", "{{ run_started_at }}"]
)
def test_the_wall_clock_is_seen(text: str) -> None:
    assert clock_breaches({"a.sql": text})
    assert not clock_breaches({"a.sql": "select is_known_now -- now()"})
