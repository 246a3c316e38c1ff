"""The round over macros: what it changes, and that their tests are really run."""

from dataclasses import replace
from pathlib import Path

import pytest

from orchestration.home import PROJECT_ROOT
from tests.mutation.functions import copied, function_mutants, judge


def test_each_wrong_turn_is_one_word_of_sql() -> None:
    text = (PROJECT_ROOT / "macros" / "statistics" / "erlang.sql").read_text("utf-8")
    mutants = list(function_mutants("erlang"))
    assert len({mutant.name for mutant in mutants}) == len(mutants) > 50
    for mutant in mutants:
        changed = [a != b for a, b in zip(text.split(), mutant.sql.split(), strict=True)]
        assert sum(changed) == 1
        assert mutant.sql.split("{%- macro")[0] == text.split("{%- macro")[0]


@pytest.mark.parametrize("is_wrong", [True, False])
def test_a_wrong_turn_is_noticed_and_none_is_not(is_wrong: bool, tmp_path: Path) -> None:
    copy = copied(tmp_path)
    file = copy / "macros" / "statistics" / "erlang.sql"
    mutant = next(mutant for mutant in function_mutants("erlang") if " + (" in mutant.before)
    if not is_wrong:
        mutant = replace(mutant, sql=file.read_text("utf-8"))
    assert judge(copy, mutant).is_killed == is_wrong
    assert file.read_text("utf-8") == (PROJECT_ROOT / "macros/statistics/erlang.sql").read_text()
