"""Compiled SQL as words with their place: depth of brackets, partner, common table expression."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

CLAUSE_ENDS = {
    "WHERE", "GROUP BY", "HAVING", "QUALIFY", "ORDER BY", "LIMIT", "UNION", "EXCEPT", "INTERSECT",
    "WINDOW", "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "FROM",
}  # fmt: skip
"""Words that end a condition at their own depth."""


@dataclass(frozen=True)
class Word:
    """One token: `kind` is upper case (GROUP BY, VAR, NUMBER ...), `end` is exclusive."""

    kind: str
    text: str
    start: int
    end: int
    line: int


class Statement:
    """A select with its words, read as DuckDB reads it."""

    def __init__(self, sql: str) -> None:
        from sqlglot import tokenize

        self.sql = sql
        self.words = [
            Word(
                _kind(token.token_type.name, token.text),
                sql[token.start : token.end + 1].lower(),
                token.start,
                token.end + 1,
                # Where the word begins: the tokeniser gives the line on which it ends.
                sql.count("\n", 0, token.start) + 1,
            )
            for token in tokenize(sql, read="duckdb")
        ]

    def __len__(self) -> int:
        return len(self.words)

    def kind(self, index: int) -> str:
        """Kind of a word; empty beyond either end."""
        return self.words[index].kind if 0 <= index < len(self.words) else ""

    def source(self, first: int, last: int) -> str:
        """The text from word `first` up to and without word `last`."""
        return self.sql[self.words[first].start : self.words[last - 1].end] if last > first else ""

    @cached_property
    def depths(self) -> list[int]:
        """Depth of every word; a bracket and `case` ... `end` lie outside what they enclose."""
        depth, found = 0, []
        for word in self.words:
            if word.kind in (")", "END"):
                depth -= 1
            found.append(depth)
            if word.kind in ("(", "CASE"):
                depth += 1
        return found

    @cached_property
    def tables(self) -> list[str]:
        """Name of the common table expression that holds each word; empty for the last select."""
        name, found = "", []
        for index, word in enumerate(self.words):
            opens = word.kind == "(" and self.depths[index] == 0
            if opens and index > 1 and self.words[index - 1].text == "as":
                name = self.words[index - 2].text
            found.append(name)
            if word.kind == ")" and self.depths[index] == 0:
                name = ""
        return found

    def following(self, index: int, is_wanted: Callable[[int], bool]) -> int:
        """First wanted word after `index` at its depth, or the word that closes that depth."""
        depth = self.depths[index]
        for place in range(index + 1, len(self.words)):
            if self.depths[place] < depth or (self.depths[place] == depth and is_wanted(place)):
                return place
        return len(self.words)

    def close(self, index: int) -> int:
        """The bracket or `end` that closes the one at `index`."""
        return self.following(index, lambda place: True)

    def clause_end(self, index: int) -> int:
        """Where a condition that begins after `index` ends (exclusive)."""
        return self.following(index, self._ends_clause)

    def split(self, first: int, last: int, separator: str) -> list[tuple[int, int]]:
        """Parts of [first, last) between separators at the depth of `first`; a `between`'s own
        `and` separates nothing."""
        depth = min(self.depths[first:last], default=0)
        parts, begin, betweens = [], first, 0
        for place in range(first, last):
            if self.depths[place] != depth:
                continue
            betweens += self.kind(place) == "BETWEEN"
            if self.kind(place) == "AND" and betweens:
                betweens -= 1
            elif self.kind(place) == separator:
                parts.append((begin, place))
                begin = place + 1
        return [*parts, (begin, last)]

    @cached_property
    def names(self) -> list[str]:
        """Every word as it stands in a context: a relation by its own name, be it that of a
        fixture; database and schema are empty."""
        found = [word.text.strip('"').rpartition("__")[2] for word in self.words]
        for index, word in enumerate(self.words):
            if word.text.startswith('"') and self.kind(index + 1) == ".":
                found[index] = found[index + 1] = ""
        return found

    @cached_property
    def between_ands(self) -> set[int]:
        """Places of the `and` that belong to a `between`."""
        found: set[int] = set()
        for index in range(len(self.words)):
            if self.kind(index) == "BETWEEN":
                found.add(self.following(index, lambda place: self.kind(place) == "AND"))
        return found

    def _ends_clause(self, place: int) -> bool:
        if self.kind(place) == "FROM":
            return self.kind(place - 1) != "DISTINCT"  # is distinct from
        is_function = self.kind(place) in ("LEFT", "RIGHT") and self.kind(place + 1) == "("
        return self.kind(place) in CLAUSE_ENDS | {",", "ON"} and not is_function


def _kind(name: str, text: str) -> str:
    symbols = {
        "L_PAREN": "(", "R_PAREN": ")", "COMMA": ",", "DOT": ".", "EQ": "=", "NEQ": "<>",
        "LT": "<", "LTE": "<=", "GT": ">", "GTE": ">=", "PLUS": "+", "DASH": "-", "STAR": "*",
        "SLASH": "/",
    }  # fmt: skip
    return symbols.get(name, name.replace("_", " ") if " " in text else name)
