"""What a round of mutants says: a score by model, and every mutant that no test detected."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from rich.box import SIMPLE
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from orchestration.terminal import console
from tests.mutation.judgement import Verdict

DEMANDED = 0.95
"""Share of the mutants that are not equivalent which the guards must detect."""
GUARDS = {
    "failure": "fails", "time": "time", "unit test": "unit", "data test": "data",
    "oracle": "oracle",
}  # fmt: skip
"""Guards in the order of asking, and how the table heads them."""


@dataclass(frozen=True)
class Round:
    """Verdicts of a round and the mutants that are known to be equivalent, with the reason."""

    verdicts: Sequence[Verdict]
    equivalents: Mapping[tuple[str, str], str]

    @property
    def survivors(self) -> list[Verdict]:
        """Mutants that no guard detected and that are not listed as equivalent."""
        return [one for one in self.verdicts if not one.is_killed and not self.is_equivalent(one)]

    @property
    def refuted(self) -> list[Verdict]:
        """Mutants listed as equivalent that a guard did detect."""
        return [one for one in self.verdicts if one.is_killed and self.is_equivalent(one)]

    def is_equivalent(self, verdict: Verdict) -> bool:
        """Whether the mutant is listed as equivalent."""
        return (verdict.mutant.model, verdict.mutant.name) in self.equivalents

    def share(self, model: str | None = None) -> float:
        """Killed mutants of those not equivalent, 0..1; 1 where there is none."""
        judged = [one for one in self.verdicts if model in (None, one.mutant.model)]
        killed = sum(one.is_killed for one in judged)
        survived = sum(model in (None, one.mutant.model) for one in self.survivors)
        return killed / (killed + survived) if killed + survived else 1.0

    def table(self) -> Table:
        """Mutants by model and detecting guard, the equivalent, those left, the share killed."""
        table = Table("model", *GUARDS.values(), "same", "left", "killed", box=SIMPLE)
        table.padding = (0, 1, 0, 0)
        for column in table.columns:
            column.no_wrap = True
            column.min_width = len(str(column.header))
            column.justify = "left" if column is table.columns[0] else "right"
        models = dict.fromkeys(one.mutant.model for one in self.verdicts)
        for model in models:
            table.add_row(model, *self._figures(model))
        table.add_section()
        table.add_row("all", *self._figures(None))
        return table

    def text(self) -> str:
        """Survivors, one to a line, by model; where something differs unguarded, what.

        `{mutant} {operator} {model}:{line of the compiled SQL} {original -> mutated} {what}`.
        """
        unseen = sum(not one.changed for one in self.survivors)
        lines = [
            f"{self.share():.1%} were killed; {len(self.survivors)} survived, {unseen} of them "
            "without a difference anywhere: equivalent, or no history asks.",
            "",
        ]
        for one in self.survivors:
            what = ", ".join(one.changed[:6]) or "nothing anywhere"
            mutant = one.mutant
            lines.append(f"{mutant.name}  {mutant.operator:<10}  {mutant.difference}")
            lines.append(f"{'':12}differs: {what}")
        if self.refuted:
            lines += ["", "Listed as equivalent, but detected:"]
            lines += [f"{one.mutant.name}  {one.mutant.difference}" for one in self.refuted]
        return "\n".join(lines) + "\n"

    def _figures(self, model: str | None) -> list[str]:
        chosen = [one for one in self.verdicts if model in (None, one.mutant.model)]
        killed = Counter(one.guard for one in chosen)
        same = sum(not one.is_killed and self.is_equivalent(one) for one in chosen)
        left = sum(model in (None, one.mutant.model) for one in self.survivors)
        figures = [*(killed[guard] for guard in GUARDS), same, left]
        shown = [f"{figure:,}" if figure else "" for figure in figures]
        return [*shown, f"{self.share(model):.1%}"]


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar with the model, how many mutants are judged, and the time that is left."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as progress:
        yield progress
