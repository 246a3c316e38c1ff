"""Mutants of one model: each with a single change and a name that outlives unrelated edits."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.mutation import cuts, edits
from tests.mutation.edits import Edit
from tests.mutation.words import Statement

OPERATORS: tuple[Callable[[Statement], Iterator[Edit]], ...] = (
    edits.swapped_words,
    edits.swapped_functions,
    edits.turned_null_tests,
    edits.removed_nots,
    edits.swapped_joins,
    edits.raised_numbers,
    cuts.dropped_conditions,
    cuts.dropped_cases,
    cuts.turned_orders,
    cuts.dropped_branches,
)
SENTINELS = ("0002-02-02", "9998-08-08")
"""The touched days of a compiled fact: what restricts itself to them is left as it is, because a
full build cannot tell; `test_incremental_equals_full` does."""
FUNCTIONS = {"rpt_workloads": "staffed"}
"""By model the common table expression that is one macro of macros/statistics and nothing else. Its
text is left as it is here: `tests/statistics` compares it with numerical integration and long
decimals over hundreds of inputs, and `python -m tests.mutation.functions` asks these tests."""
AROUND, MOST_ALIKE = 6, 2
SHOWN_BEFORE, SHOWN_AFTER, SHOWN = 6, 9, 120


@dataclass(frozen=True)
class Mutant:
    """One change of a model's select."""

    model: str
    name: str
    operator: str
    line: int
    before: str
    after: str
    sql: str

    @property
    def difference(self) -> str:
        """`fct_contacts 41  a < b  ->  a <= b`: model, line of the compiled SQL, change."""
        return f"{self.model}:{self.line}  {self.before}  ->  {self.after}"


def mutants(model: str, sql: str, most_alike: int | None = MOST_ALIKE) -> list[Mutant]:
    """Every mutant of a select, in the order of its text.

    Of mutants whose surroundings read alike but for numbers (one macro, expanded often) only the
    first `most_alike` are kept; None keeps all.
    """
    select = Statement(sql)
    alike: Counter[str] = Counter()
    ordinals: Counter[str] = Counter()
    found = []
    own = (edit for edit in _allowed(select) if select.tables[edit.first] != FUNCTIONS.get(model))
    for edit in sorted(own, key=lambda edit: (edit.first, edit.last)):
        context = _context(select, edit)
        identity = "|".join((edit.operator, select.tables[edit.first], context))
        ordinals[identity] += 1
        # A number in the context tells nothing of the macro that wrote it.
        kind = re.sub(r"\b\d+\b", "0", f"{edit.operator}|{context}")
        alike[kind] += 1
        if most_alike is None or alike[kind] <= most_alike:
            digest = hashlib.sha256(identity.encode()).hexdigest()[:8]
            found.append(_mutant(model, select, edit, f"{digest}.{ordinals[identity]}"))
    return found


def _allowed(select: Statement) -> Iterator[Edit]:
    """Edits of the whole select without those that change nothing or that a full build hides."""
    frozen = cuts.group_by_words(select)
    for first, last in cuts.conditions(select):
        if any(sentinel in select.source(first, last) for sentinel in SENTINELS):
            frozen |= set(range(first, last))
    for operator in OPERATORS:
        for edit in operator(select):
            if edit.first not in frozen and not _is_counted_one(select, edit):
                yield edit


def _is_counted_one(select: Statement, edit: Edit) -> bool:
    """The 1 in `count(case when ... then 1 end)`: any other number counts the same."""
    if edit.operator != "number" or select.kind(edit.first - 1) != "THEN":
        return False
    case = next(
        at
        for at in range(edit.first, -1, -1)
        if select.kind(at) == "CASE" and select.depths[at] < select.depths[edit.first]
    )
    return select.kind(case - 1) == "(" and select.words[case - 2].text == "count"


def _context(select: Statement, edit: Edit) -> str:
    """The edit among the words around it, relations by their own name."""
    names = select.names
    before = [name for name in names[: edit.first] if name][-AROUND:]
    after = [name for name in names[edit.last :] if name][:AROUND]
    said = [name for name in names[edit.first : edit.last] if name]
    change = f"[{' '.join(said)} -> {' '.join(edit.replacement.lower().split())}]"
    return " ".join([*before, change, *after])


def _mutant(model: str, select: Statement, edit: Edit, name: str) -> Mutant:
    start, end = select.words[edit.first].start, select.words[edit.last - 1].end
    first, last = max(0, edit.first - SHOWN_BEFORE), min(len(select), edit.last + SHOWN_AFTER)
    head = select.sql[select.words[first].start : start]
    tail = select.sql[end : select.words[last - 1].end]
    return Mutant(
        model=model,
        name=name,
        operator=edit.operator,
        line=select.words[edit.first].line,
        before=_shown(head + select.sql[start:end] + tail),
        after=_shown(head + edit.replacement + tail),
        sql=select.sql[:start] + edit.replacement + select.sql[end:],
    )


def _shown(text: str) -> str:
    words = " ".join(re.sub(r"--[^\n]*", "", text).split())
    return words if len(words) <= SHOWN else f"{words[: SHOWN // 2]} ... {words[-SHOWN // 2 :]}"
