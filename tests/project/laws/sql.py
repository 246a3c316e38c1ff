"""Habits of SQL, decided by text alone. Every function takes texts by file."""

import re
from collections.abc import Callable, Iterator, Mapping

from tests.project.laws.breach import Breach, line_of
from tests.project.laws.text import flattened, kept

LONGEST_LINE = 120
SHORTEST_ALIAS = 4

KEYWORDS = {
    "on", "where", "inner", "left", "right", "full", "cross", "group", "order", "union", "using",
    "having", "qualify", "limit", "select", "except", "intersect", "set", "values", "window", "as",
}  # fmt: skip

Texts = Mapping[str, str]


def matches(
    texts: Texts, pattern: str, view: Callable[[str], str], flags: int = 0
) -> Iterator[tuple[str, re.Match[str]]]:
    """`file:line` and match of a pattern in what a view leaves of each text."""
    for file, text in texts.items():
        for match in re.finditer(pattern, view(text), flags):
            yield f"{file}:{line_of(text, match.start())}", match


def code(text: str) -> str:
    """All that is executed: SQL and Jinja with their quoted texts, without comments."""
    return kept(text, "SsnJj")


def division_breaches(texts: Texts) -> list[Breach]:
    """Divisions outside the one macro. Quoted Jinja is SQL in the making and counts as well."""
    remedy = "call ratio(): macros/statistics/ratio.sql holds the only division"
    spoken = r"//?|\bdiv\b|\bdivide\("
    return [
        Breach(place, f"`{match.group()}` divides", remedy, place.partition(":")[0])
        for place, match in matches(texts, spoken, lambda text: kept(text, "SJj"))
    ]


def config_breaches(texts: Texts) -> list[Breach]:
    """Configuration and control flow of Jinja in models."""
    found = [
        Breach(place, "configures itself", "set it in the YAML beside it or in dbt_project.yml")
        for place, _ in matches(texts, r"\{\{-?\s*config\(", code)
    ]
    return found + [
        Breach(place, f"`{match.group()}` is control flow", "loops live in macros/")
        for place, match in matches(texts, r"\{%-?\s*\w*", code)
    ]


def alias_breaches(texts: Texts) -> list[Breach]:
    """Aliases that are no whole words, and aliases of tables without `as`."""
    found = []
    relation = r"\b(?:(?<!distinct )from|join)\s+([\w.]+)\s+(as\s+)?([a-z]\w*)"
    for place, match in matches(texts, relation, flattened):
        named, alias = match.group(2), match.group(3)
        if alias in KEYWORDS:
            continue
        if not named:
            found.append(Breach(place, f"alias `{alias}` without as", "write as, or no alias"))
        if len(alias) < SHORTEST_ALIAS or re.search(r"\d", alias):
            found.append(Breach(place, f"alias `{alias}` is no word", "use the table's own name"))
    return found + [
        Breach(place, f"`{match.group()}` is no word", "say what the column is")
        for place, match in matches(texts, r"\bas\s+[a-z]\w?\b(?!\s*\()", flattened)
    ]


def habit_breaches(texts: Texts) -> list[Breach]:
    """Numbers in group by, joins without a kind, upper case outside quotes."""
    found = [
        Breach(place, "groups by a number", "group by the column's name")
        for place, _ in matches(texts, r"\bgroup\s+by\s+(\w+\s*,\s*)*\d", flattened)
    ]
    kinds = r"(?<!inner )(?<!left )(?<!right )(?<!full )(?<!cross )(?<!outer )(?<!semi )"
    found += [
        Breach(place, "a join without its kind", "write inner join, left join ...")
        for place, _ in matches(
            texts, kinds + r"(?<!anti )\bjoin\b", lambda text: re.sub(r"[ ]", " ", flattened(text))
        )
    ]
    return found + [
        Breach(place, f"`{match.group()}` is upper case", "write SQL in lower case")
        for place, match in matches(texts, r"\b\w*[A-Z]\w*", flattened)
    ]


def layout_breaches(texts: Texts, longest: int | None = LONGEST_LINE) -> list[Breach]:
    """Tabs, spaces at line ends, long lines, files without a last newline."""
    found = []
    for file, text in texts.items():
        for number, line in enumerate(text.split("\n"), 1):
            place = f"{file}:{number}"
            if "\t" in line:
                found.append(Breach(place, "a tab", "indent by four spaces"))
            if line != line.rstrip():
                found.append(Breach(place, "spaces at its end", "remove them"))
            if longest and len(line) > longest:
                what = f"{len(line)} characters"
                found.append(Breach(place, what, f"break the line at {longest}"))
        if not text.endswith("\n") or text.endswith("\n\n"):
            found.append(Breach(file, "does not end in one newline", "end it in one"))
    return found


def engine_breaches(texts: Texts) -> list[Breach]:
    """An engine's name in code."""
    return [
        Breach(place, f"names {match.group()}", "go through a macro of macros/engine/")
        for place, match in matches(texts, r"duckdb|spark", code, re.IGNORECASE)
    ]


def clock_breaches(texts: Texts) -> list[Breach]:
    """The wall clock, in SQL or Jinja."""
    clocks = (
        r"\b(?:now|today|getdate|sysdate|localtime|curdate|clock_timestamp)\s*\("
        r"|\b(?:current_date|current_time|current_timestamp|localtimestamp|run_started_at)\b"
        r"|\bmodules\.datetime\b"
    )
    return [
        Breach(place, f"`{match.group()}` asks the wall clock", "judge by int_as_of")
        for place, match in matches(texts, clocks, code)
    ]
