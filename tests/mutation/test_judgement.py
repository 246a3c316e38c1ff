"""Which guard notices which mutant, on a project whose figures are known."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.compiled import matching
from tests.mutation.__main__ import judged
from tests.mutation.copies import Copy
from tests.mutation.equivalents import equivalents
from tests.mutation.fixtures import unit_tests
from tests.mutation.judgement import Court, Verdict
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.report import Round
from tests.mutation.small_project import FACT, built_home

Judge = Callable[[str, str], Verdict]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The small project, copied."""
    root = tmp_path_factory.mktemp("small")
    return Copy(built_home(root), ["kpi_values"])


@pytest.fixture(scope="module")
def judge(copy: Copy) -> Judge:
    """Judge the mutant of `fct_calls` that says one text instead of another."""
    court = Court("fct_calls", unit_tests(copy.project.unit_tests("fct_calls")), [copy])
    own = mutants("fct_calls", FACT, None)

    def verdict(original: str, mutated: str) -> Verdict:
        sql = FACT.replace(original, mutated)
        assert sql != FACT
        known = [one for one in own if one.sql.split() == sql.split()]
        planted = Mutant("fct_calls", "planted", "planted", 1, original, mutated, sql)
        return court.judge(known[0] if known else planted)

    return verdict


def test_a_unit_test_notices_its_edge(judge: Judge) -> None:
    verdict = judge(">= 10", "> 10")
    assert (verdict.guard, verdict.by) == ("unit test", "a_short_call_counts")


def test_a_data_test_notices_a_row_that_may_not_be(judge: Judge) -> None:
    verdict = judge("seconds < 100", "true")
    assert (verdict.guard, verdict.by) == ("data test", "no_endless_call")


def test_the_oracle_notices_another_published_figure(judge: Judge) -> None:
    verdict = judge("100 and is_call", "100 and true")
    assert (verdict.guard, verdict.by) == ("oracle", "kpi_values")


def test_a_select_that_fails_or_breaks_the_contract_is_noticed(judge: Judge) -> None:
    assert judge("seconds >= 10", "secondes >= 10").guard == "failure"
    verdict = judge("call_id, seconds", "call_id, cast(seconds as double) as seconds")
    assert verdict.guard == "failure" and "contract" in verdict.by


def test_an_equivalent_mutant_survives(judge: Judge) -> None:
    verdict = judge("where seconds", "where 1 = 1 and seconds")
    assert not verdict.is_killed and not verdict.changed


def test_what_no_test_reads_is_named(copy: Copy) -> None:
    project = copy.project
    wrong = next(one for one in mutants("rpt_calls", project.relations["rpt_calls"].sql))
    verdict = Court("rpt_calls", [], [copy]).judge(wrong)
    assert not verdict.is_killed and verdict.changed == ("rpt_calls",)


def test_a_mutant_leaves_nothing_behind(copy: Copy, judge: Judge) -> None:
    judge("100 and is_call", "100 and true")
    for name, one in copy.project.relations.items():
        assert copy.fingerprint(one.relation) == copy.fingerprints[name]


def test_a_copy_that_is_not_what_dbt_built_is_refused(tmp_path: Path) -> None:
    home = built_home(tmp_path, FACT.replace("and is_call", ""))
    with pytest.raises(ValueError, match="fct_calls"):
        Copy(home)


def test_a_round_tells_survivors_from_equivalents(tmp_path: Path) -> None:
    verdicts = judged([built_home(tmp_path)], ["fct_*", "rpt_*"])
    found = Round(verdicts, {})
    assert {one.mutant.model for one in verdicts} == {"fct_calls", "rpt_calls"}
    assert found.survivors and 0 < found.share() < 1
    assert "differs: rpt_calls" in found.text()
    same = {(one.mutant.model, one.mutant.name): "as said" for one in found.survivors}
    assert Round(verdicts, same).share() == 1
    detected = next(one for one in verdicts if one.is_killed)
    wrong = Round(verdicts, {(detected.mutant.model, detected.mutant.name): "not so"})
    assert wrong.refuted == [detected] and wrong.table().row_count == 3


def test_an_equivalent_needs_a_reason(tmp_path: Path) -> None:
    file = tmp_path / "equivalents.csv"
    file.write_text("model,mutant,why\nfct_calls,1234.1,\n", "utf-8")
    with pytest.raises(ValueError, match=r"fct_calls 1234\.1"):
        equivalents(file)
    assert all(equivalents().values())


def test_models_are_chosen_by_pattern(copy: Copy) -> None:
    assert copy.project.family() == ["fct_calls", "kpi_values", "rpt_calls"]
    assert matching(copy.project.family(), ["kpi_*"]) == ["kpi_values"]
