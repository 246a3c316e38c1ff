"""A delivered text before its cast: trimmed, null where it says nothing, and how it should look.

All expressions are SQL of DuckDB over whole columns.
"""

from collections.abc import Sequence

from orchestration.landing.contract import Contract
from orchestration.landing.header.column import Column
from orchestration.landing.relations import quoted

TEXT_LIMIT = 1 << 20
"""Bytes of one text; longer ones are E_TEXT_SIZE."""

_SPACE = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8239)"
_OUTER_SPACE = r"^[\s\x{00A0}\x{202F}]|[\s\x{00A0}\x{202F}]$"
_EXPECTED = {
    "bigint": "a whole number",
    "integer": "a whole number",
    "boolean": "yes or no (Y/N, oui/non, true/false, 1/0)",
    "string": "a text",
}


def expected_text(column: Column, contract: Contract) -> str:
    """What a value of the column looks like, for messages."""
    if column.name.endswith("_seconds") and column.unit:
        clock = "M:SS or H:MM:SS" if column.unit == "minutes" else "H:MM:SS"
        return f"{column.unit}, or {clock} (decimal mark {contract.decimal_mark})"
    if column.data_type in ("date", "timestamp"):
        example = {"ymd": "2026-12-31", "dmy": "31/12/2026", "mdy": "12/31/2026"}
        order = contract.date_order
        clock = " 23:59:59 (or 11:59:59 PM)" if column.data_type == "timestamp" else ""
        way = "" if order == "ymd" else f" or {example[order]}{clock}"
        return (
            f"{example['ymd']}{clock}{way}; other orders need date_order in settings.toml"
            if order == "ymd"
            else f"{example['ymd']}{clock}{way} (date_order {order})"
        )
    if column.data_type.startswith(("decimal", "double")):
        return f"a number with the decimal mark {contract.decimal_mark}"
    return _EXPECTED[column.data_type]


def trimmed(text: str) -> str:
    """The text without outer white space, no-break spaces included.

    Looking first costs a third of trimming everything.
    """
    seen = f"regexp_matches({text}, {quoted(_OUTER_SPACE)})"
    return f"case when {seen} then trim({text}, {_SPACE}) else {text} end"


def key_text(texts: Sequence[str]) -> str:
    """One text of several, null where none says anything; no two rows of texts share one.

    The texts are joined by strokes, strokes of their own are doubled.
    """
    pieces = [f"replace(coalesce({trimmed(text)}, ''), '|', '||')" for text in texts]
    empty = " and ".join(f"({text}) is null" for text in texts)
    both = " || ' | ' || ".join(pieces)
    return f"case when not ({empty}) then {both} end"


def meant(text: str, column: Column) -> str:
    """The value that settings say a word means; case and accents of the word do not matter."""
    if not column.words:
        return text
    plain = f"strip_accents(lower({trimmed(text)}))"
    cases = " ".join(
        f"when strip_accents(lower({quoted(word.strip())})) then {quoted(value)}"
        for word, value in column.words
    )
    return f"case {plain} {cases} else {text} end"


def filled(text: str, column: Column, contract: Contract) -> str:
    """The delivered text, or null where it is one of the contract's null tokens."""
    tokens = ", ".join(quoted(token) for token in contract.null_tokens)
    bare = trimmed(text)
    kept = bare if column.is_trimmed else text
    return f"case when {bare} not in ({tokens}) then {kept} end" if tokens else kept
