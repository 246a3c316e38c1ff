"""The round over macros: what it turns wrong, and that their tests are really asked."""

from dataclasses import replace
from pathlib import Path

import pytest

from orchestration.home import PROJECT_ROOT
from tests.mutation.functions import copied, function_mutants, judge


def test_each_wrong_turn_is_one_word_of_sql() -> None:
    text = (PROJECT_ROOT / "macros" / "statistics" / "erlang.sql").read_text("utf-8")
    turns = list(function_mutants("erlang"))
    assert len({turn.name for turn in turns}) == len(turns) > 50
    for turn in turns:
        changed = [a != b for a, b in zip(text.split(), turn.sql.split(), strict=True)]
        assert sum(changed) == 1
        assert turn.sql.split("{%- macro")[0] == text.split("{%- macro")[0]


@pytest.mark.parametrize("is_wrong", [True, False])
def test_a_wrong_turn_is_noticed_and_none_is_not(is_wrong: bool, tmp_path: Path) -> None:
    copy = copied(tmp_path)
    file = copy / "macros" / "statistics" / "erlang.sql"
    turn = next(turn for turn in function_mutants("erlang") if " + (" in turn.before)
    if not is_wrong:
        turn = replace(turn, sql=file.read_text("utf-8"))
    assert judge(copy, turn).is_killed == is_wrong
    assert file.read_text("utf-8") == (PROJECT_ROOT / "macros/statistics/erlang.sql").read_text()
