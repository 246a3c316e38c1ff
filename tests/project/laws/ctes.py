"""A model imports first, works in few steps, and names its imports after what they import."""

import re
from typing import NamedTuple

from tests.project.laws.breach import Breach, line_of
from tests.project.laws.sql import Texts, code

MOST_WORKING_CTES = 4


class Cte(NamedTuple):
    """A common table expression: its place, name, body, and the relations named in it."""

    place: str
    name: str
    body: str
    reads: tuple[str, ...]

    @property
    def is_import(self) -> bool:
        """One relation as it is: its rows, perhaps restricted, or one macro over relations."""
        plain = re.sub(r"\{\{.*?\}\}", "_", self.body, flags=re.DOTALL).strip()
        one = r"select\s+(distinct\s+)?[\w\s,*]+?\s+from _(\s+where\s.*)?"
        return bool(self.reads) and (plain == "_" or bool(re.fullmatch(one, plain, re.DOTALL)))


def ctes_of(file: str, text: str) -> tuple[list[Cte], str]:
    """The CTEs of a model in order, and what stands after them."""
    plain, found, end = code(text), [], 0
    for match in re.finditer(r"^(?:with )?(\w+) as \(\n(.*?)^\)", plain, re.DOTALL | re.MULTILINE):
        reads = reads_of(match.group(2))
        place = f"{file}:{line_of(text, match.start())}"
        found.append(Cte(place, match.group(1), match.group(2), reads))
        end = match.end()
    return found, plain[end:]


def reads_of(body: str) -> tuple[str, ...]:
    """Relations that a text names, in order: the last name of each ref, source or built_fact."""
    calls = re.findall(r"\b(?:ref|source|built_fact)\(\s*'(\w+)'(?:\s*,\s*'(\w+)')?", body)
    return tuple(second or first for first, second in calls)


def cte_breaches(texts: Texts) -> list[Breach]:
    """Models that do not import first, name imports after something else, or take many steps."""
    found = []
    for file, text in texts.items():
        ctes, rest = ctes_of(file, text)
        if not ctes:
            if not re.fullmatch(r"\{\{.*\}\}", code(text).strip(), re.DOTALL):
                remedy = "begin with import CTEs, or be one call of a macro"
                found.append(Breach(file, "has no CTE", remedy))
            continue
        worked = False
        for cte in ctes:
            if cte.reads and (worked or not cte.is_import):
                what = f"`{cte.name}` reads {cte.reads[0]} past the imports"
                found.append(Breach(cte.place, what, "import it in a CTE of its own at the top"))
            elif cte.reads:
                found += name_breaches(cte)
            worked = worked or not cte.reads
        if reads_of(rest):
            found.append(Breach(file, "its last select reads a relation", "import it at the top"))
        working = [cte.name for cte in ctes if not cte.reads]
        if len(working) > MOST_WORKING_CTES:
            what = f"takes {len(working)} steps ({', '.join(working)})"
            found.append(Breach(file, what, f"at most {MOST_WORKING_CTES}: make an int_ model"))
    return found


def name_breaches(cte: Cte) -> list[Breach]:
    """An import whose name has a word that the imported relation has not."""
    words = set(cte.reads[0].split("_")) | {"built"}
    strange = [word for word in cte.name.split("_") if word not in words]
    return [
        Breach(cte.place, f"`{cte.name}` imports {cte.reads[0]}", f"`{word}` is not in its name")
        for word in strange
    ]
