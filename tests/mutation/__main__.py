"""`python -m tests.mutation`: mutants of the SQL of the family, and which tests detect them."""

import logging
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from orchestration.home import Home
from orchestration.terminal import console, end
from tests.compiled import Project, matching
from tests.mutation.copies import Copy
from tests.mutation.equivalents import equivalents
from tests.mutation.fixtures import unit_tests
from tests.mutation.guards import GUARDED
from tests.mutation.homes import mutation_homes
from tests.mutation.judgement import Court, Verdict
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.report import DEMANDED, Round, progress_bar
from tests.mutation.sessions import limit_memory
from tests.mutation.slices import SLICED


@click.command()
@click.option("--select", "patterns", multiple=True, help="Models, such as 'rpt_*'; many times.")
@click.option("--every", default=1, show_default=True, help="Only each n-th mutant of a model.")
@click.option("--seed", default=0, show_default=True, help="Which of them the first one is.")
@click.option("--report", "report_file", type=click.Path(path_type=Path), help="Survivors' file.")
@click.option("--homes", "folder", type=click.Path(path_type=Path), help="Where centres are kept.")
def mutation(
    patterns: tuple[str, ...], every: int, seed: int, report_file: Path | None, folder: Path | None
) -> None:
    """Mutate the models of the family and say which mutants no guard of the project detects.

    The exit code is 1 where fewer than 95 % are detected, or a mutant that is listed as equivalent
    was detected.
    """
    logging.disable(logging.WARNING)
    root = folder or Home.at().root / "mutation"
    root.mkdir(parents=True, exist_ok=True)
    os.environ["TELLTALE_KEY_FILE"] = str(root / "key")
    homes = mutation_homes(root, console.print)
    limit_memory()
    started = time.monotonic()
    file, same = report_file or root / "survivors.txt", equivalents()

    def keep(verdicts: Sequence[Verdict]) -> None:
        file.write_text(Round(verdicts, same).text(), "utf-8")

    found = Round(judged(homes, patterns, every, seed, keep), same)
    console.print(found.table())
    seconds = time.monotonic() - started
    console.print(
        f"{len(found.verdicts):,} mutants in {seconds:,.0f} s; "
        f"{len(found.survivors):,} survived: {file}"
    )
    for one in found.refuted:
        console.print(f"listed as equivalent, but detected: {one.mutant.name} {one.mutant.model}")
    end(int(found.share() < DEMANDED or bool(found.refuted)))


def judged(
    homes: Sequence[Home],
    patterns: Sequence[str],
    every: int = 1,
    seed: int = 0,
    keep: Callable[[Sequence[Verdict]], object] = len,
) -> list[Verdict]:
    """Verdicts on the mutants of every model of the family that fits one of the patterns.

    `keep` is given all verdicts so far after each model: a round that is ended early says
    something too.
    """
    copies = [Copy(home, {**GUARDED, **SLICED}) for home in homes]
    project = copies[0].project
    chosen = matching(project.family(), patterns)
    todo = {name: _sampled(project, name, every, seed) for name in chosen}
    found = []
    with progress_bar() as progress:
        task = progress.add_task("", total=sum(map(len, todo.values())))
        for name, mutated in todo.items():
            progress.update(task, description=name)
            court = Court(name, unit_tests(project.unit_tests(name)), copies)
            for mutant in mutated:
                found.append(court.judge(mutant))
                progress.advance(task)
            left = sum(not one.is_killed for one in found[-len(mutated) :]) if mutated else 0
            console.print(f"{name}: {len(mutated):,} mutants, {left:,} not detected", style="dim")
            keep(found)
    return found


def _sampled(project: Project, name: str, every: int, seed: int) -> list[Mutant]:
    return mutants(name, project.relations[name].sql)[seed % every :: every]


if __name__ == "__main__":
    mutation()
