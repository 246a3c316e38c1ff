"""`python -m tests.mutation.functions`: mutants of macros that the models' round leaves out.

They are functions with tests of their own: each change is made once, where the macro is
written, and `tests/statistics` say whether they detect it.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from orchestration.home import PROJECT_ROOT, Home
from orchestration.terminal import console, end
from tests.mutation.edits import FUNCTIONS, SWAPS
from tests.mutation.equivalents import equivalents
from tests.mutation.judgement import Verdict
from tests.mutation.mutants import Mutant
from tests.mutation.report import DEMANDED, Round, progress_bar

TESTED = {"erlang": "test_erlang.py", "erlang_a": "test_erlang.py"}
"""By file of macros/statistics the tests of tests/statistics that compare it with a reference."""
UNTOUCHED = re.compile(
    r"\{#.*?#\}|\{%-?\s*(?:end)?(?:macro|if|else|for)[^%]*%\}|set \w+ = ", re.DOTALL
)
OPERATORS = {
    f" {word.lower()} ": f" {other} "
    for kind in ("comparison", "logic", "arithmetic")
    for word, other in SWAPS[kind].items()
}
NAMES = {f"{name}(": f"{other}(" for name, other in FUNCTIONS.items()}
NAMES |= {"exp(-": "exp(", "ln(": "exp(", "sqrt(": "abs("}
WORDS = re.compile(
    rf"{'|'.join(map(re.escape, OPERATORS))}|(?<!\w)(?:{'|'.join(map(re.escape, NAMES))})"
    r"|(?<![\w.])(?<!e-)\d+(?![\w.])"
)
"""What is changed: operators, the names of functions, whole numbers that are no exponents."""
SECONDS, SHOWN = 120, 30


@click.command()
@click.option("--report", "report_file", type=click.Path(path_type=Path), help="Survivors' file.")
def mutation_of_functions(report_file: Path | None) -> None:
    """Mutate the macros that models leave to their own tests, and say which mutants survive."""
    file = report_file or Home.at().root / "mutation" / "functions.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    changed = [mutant for name in TESTED for mutant in function_mutants(name)]
    found, verdicts = Round([], equivalents()), list[Verdict]()
    with tempfile.TemporaryDirectory() as folder, progress_bar() as progress:
        copy = copied(Path(folder))
        for mutant in progress.track(changed, description="macros"):
            verdicts.append(judge(copy, mutant))
            found = Round(verdicts, found.equivalents)
            file.write_text(found.text(), "utf-8")
    console.print(found.table())
    console.print(f"{len(changed):,} mutants; {len(found.survivors):,} survived: {file}")
    end(int(found.share() < DEMANDED or bool(found.refuted)))


def function_mutants(name: str) -> Iterator[Mutant]:
    """Yield every mutant of a file of macros; comments and Jinja's own words stay."""
    text = (PROJECT_ROOT / "macros" / "statistics" / f"{name}.sql").read_text("utf-8")
    untouched = [match.span() for match in UNTOUCHED.finditer(text)]
    ordinals: Counter[str] = Counter()
    for match in WORDS.finditer(text):
        start, stop = match.span()
        if any(first <= start < last for first, last in untouched):
            continue
        word = match.group()
        other = OPERATORS.get(word) or NAMES.get(word) or str(int(word) + 1)
        before, after = text[max(0, start - SHOWN) : start], text[stop : stop + SHOWN]
        around = " ".join(f"{before}[{word} -> {other}]{after}".split())
        ordinals[around] += 1
        digest = hashlib.sha256(around.encode()).hexdigest()[:8]
        yield Mutant(
            model=name,
            name=f"{digest}.{ordinals[around]}",
            operator="function",
            line=text.count("\n", 0, start) + 1,
            before=" ".join(f"{before}{word}{after}".split()),
            after=" ".join(f"{before}{other}{after}".split()),
            sql=text[:start] + other + text[stop:],
        )


def copied(folder: Path) -> Path:
    """Copy the macros and their tests, which need nothing else, and return where."""
    for place in ("macros", "tests/statistics"):
        shutil.copytree(PROJECT_ROOT / place, folder / place)
    return folder


def judge(copy: Path, mutant: Mutant) -> Verdict:
    """Run the macro's tests with the mutant in it; a run that does not end detects it."""
    file = copy / "macros" / "statistics" / f"{mutant.model}.sql"
    original = file.read_text("utf-8")
    tests = copy / "tests" / "statistics" / TESTED[mutant.model]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", str(tests)]
    file.write_text(mutant.sql, "utf-8")
    try:
        run = subprocess.run(command, cwd=copy, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return Verdict(mutant, "time", "it does not end")
    finally:
        file.write_text(original, "utf-8")
    if run.returncode == 1:
        return Verdict(mutant, "unit test", tests.name)
    if run.returncode:
        raise click.ClickException(run.stdout.decode("utf-8", "replace"))
    return Verdict(mutant)


if __name__ == "__main__":
    mutation_of_functions()
