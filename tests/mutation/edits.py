"""Small changes of a select: one word is replaced."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.mutation.words import Statement

SWAPS = {
    "comparison": {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "<>", "<>": "="},
    "logic": {"AND": "or", "OR": "and"},
    "arithmetic": {"+": "-", "-": "+", "*": "/", "/": "*"},
    "truth": {"TRUE": "false", "FALSE": "true"},
}
"""By operator: the kind of a word and what stands there instead."""

FUNCTIONS = {
    "min": "max", "max": "min", "least": "greatest", "greatest": "least", "sum": "count",
    "lag": "lead", "lead": "lag", "first": "last", "last": "first", "bool_or": "bool_and",
    "bool_and": "bool_or", "first_value": "last_value", "last_value": "first_value",
    "min_by": "max_by", "max_by": "min_by", "floor": "ceil", "ceil": "floor",
}  # fmt: skip
JOINS = {
    ("INNER", "JOIN"): "left join",
    ("LEFT", "JOIN"): "inner join",
    ("LEFT", "OUTER", "JOIN"): "inner join",
    ("FULL", "OUTER", "JOIN"): "left join",
    ("FULL", "JOIN"): "left join",
}
OPERANDS = {"VAR", "IDENTIFIER", "NUMBER", "STRING", ")", "END", "NULL"}
"""Kinds before which a sign or star is an operator, not a sign of a number or all columns."""
TYPES = {"DECIMAL", "VARCHAR", "TEXT", "CHAR", "NUMERIC"}


@dataclass(frozen=True)
class Edit:
    """Words [first, last) of a statement and the text that stands there instead."""

    operator: str
    first: int
    last: int
    replacement: str


def swapped_words(select: Statement) -> Iterator[Edit]:
    """Comparisons, `and` and `or`, arithmetic, `true` and `false`, each turned around."""
    for index, word in enumerate(select.words):
        for operator, pairs in SWAPS.items():
            if word.kind not in pairs or index in select.between_ands:
                continue
            if operator == "arithmetic" and not _is_binary(select, index):
                continue
            yield Edit(operator, index, index + 1, pairs[word.kind])


def swapped_functions(select: Statement) -> Iterator[Edit]:
    """Aggregates and window functions, each replaced by its opposite."""
    for index, word in enumerate(select.words):
        if word.text in FUNCTIONS and select.kind(index + 1) == "(":
            yield Edit("function", index, index + 1, FUNCTIONS[word.text])
        if word.text == "coalesce" and select.kind(index + 1) == "(":
            close = select.close(index + 1)
            comma = select.following(index + 2, lambda place: select.kind(place) == ",")
            if comma < close:
                yield Edit("coalesce", index, close + 1, f"({select.source(index + 2, comma)})")


def turned_null_tests(select: Statement) -> Iterator[Edit]:
    """`is null` and `is not null`, `is distinct from` and `is not distinct from`."""
    for index in range(len(select)):
        if select.kind(index) != "IS":
            continue
        if select.kind(index + 1) == "NOT":
            yield Edit("null test", index, index + 2, "is")
        elif select.kind(index + 1) in ("NULL", "DISTINCT"):
            yield Edit("null test", index, index + 1, "is not")


def removed_nots(select: Statement) -> Iterator[Edit]:
    """`not` left out, also of `not in`, `not between` and `not exists`."""
    for index in range(len(select)):
        if select.kind(index) == "NOT" and select.kind(index - 1) != "IS":
            yield Edit("not", index, index + 1, "")


def swapped_joins(select: Statement) -> Iterator[Edit]:
    """Inner joins made left, left ones inner, full ones left."""
    for index in range(len(select)):
        for words, replacement in JOINS.items():
            if tuple(select.kind(index + step) for step in range(len(words))) == words:
                yield Edit("join", index, index + len(words), replacement)


def raised_numbers(select: Statement) -> Iterator[Edit]:
    """Whole numbers one greater; sizes of types stay."""
    for index, word in enumerate(select.words):
        if word.kind != "NUMBER" or not word.text.isdigit():
            continue
        is_size = select.kind(index - 2) in TYPES or select.kind(index - 4) in TYPES
        if not (is_size and select.kind(index - 1) in ("(", ",")):
            yield Edit("number", index, index + 1, str(int(word.text) + 1))


def _is_binary(select: Statement, index: int) -> bool:
    if select.kind(index - 1) not in OPERANDS:
        return False
    # `*` after a comma, a dot or `select` means all columns; so it does before `from` or `)`.
    return select.kind(index + 1) not in ("FROM", ")", ",", "")
