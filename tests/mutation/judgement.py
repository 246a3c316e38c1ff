"""One mutant before the guards of the project: cheapest first, until one of them notices it."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from tests.mutation.copies import Copy
from tests.mutation.fixtures import UnitTest
from tests.mutation.guards import GUARDED, differences_sql
from tests.mutation.mutants import Mutant


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant.

    `guard` is what detected it (`failure`, `unit test`, `data test`, `oracle`, `time`), empty if
    none did; `by` names the one. `changed` are the relations that differ where none did:
    empty means that nothing at all was other on any history or fixture.
    """

    mutant: Mutant
    guard: str = ""
    by: str = ""
    changed: tuple[str, ...] = ()

    @property
    def is_killed(self) -> bool:
        """Whether a guard detected it."""
        return bool(self.guard)


class Court:
    """The guards of one model: its unit tests, then copies of homes, in the order of asking."""

    def __init__(self, model: str, units: Sequence[UnitTest], copies: Sequence[Copy]) -> None:
        self.units, self.copies = units, copies
        project = copies[0].project
        self.order = [model, *project.descendants(model)]
        self.due: dict[str, list[str]] = {name: [] for name in self.order}
        for test in project.tests.values():
            read = [name for name in self.order if name in test.parents]
            if read:
                # Once the last relation that it reads stands.
                self.due[read[-1]].append(test.name)

    def judge(self, mutant: Mutant) -> Verdict:
        """Ask the guards about a mutant."""
        changed: dict[str, None] = {}
        try:
            for unit in self.units:
                if unit.notices(mutant.name):
                    return Verdict(mutant, "unit test", unit.name)
            for copy in self.copies:
                with copy.scratch():
                    found = self._noticed(copy, mutant, changed)
                if found:
                    return Verdict(mutant, *found)
        except duckdb.InterruptException:
            return Verdict(mutant, "time", "it does not end")
        except (duckdb.Error, MemoryError) as error:
            said = str(error).splitlines() or ["it fills the memory"]
            return Verdict(mutant, "failure", said[0][:120])
        return Verdict(mutant, changed=tuple(changed))

    def _noticed(
        self, copy: Copy, mutant: Mutant, changed: dict[str, None]
    ) -> tuple[str, str] | None:
        """Rebuild the model and what follows from it; guard and name of what detected it, or None.

        What reads only relations that are as before is not built again.
        """
        others: set[str] = set()
        for name in self.order:
            parents = copy.project.relations[name].parents
            if name == mutant.model:
                is_other = copy.rebuild(name, mutant.sql)
            else:
                is_other = bool(others.intersection(parents)) and copy.rebuild(name, others=others)
            if is_other:
                others.add(name)
                changed[name] = None
            if not others:
                return None
            for test in (copy.project.tests[name] for name in self.due[name]):
                if others.intersection(test.parents) and copy.failures(test.sql):
                    return "data test", test.name
            if is_other and name in GUARDED:
                one = copy.project.relations[name].relation
                if copy.failures(differences_sql(GUARDED[name], copy.unmutated(name), one)):
                    return "oracle", name
        return None
