"""Names of a header: how they are compared, and which of them a message may show.

A file without a header has data in its first line, and data is never shown.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from orchestration.landing.contract import Contract, read_contracts
from orchestration.landing.header.column import Column

_WORDS = re.compile(r"[^\W\d_](?:[^\W\d]| ){0,29}")
"""Letters of any script without their marks, underscores and spaces, at most 30."""

_VALUE = re.compile(r"[\W\d_]*\d[\W\d_]*|.*@.*", re.DOTALL)
"""A number, a date, a clock, a telephone or an address: what stands in data and names nothing."""


def normalised(name: str) -> str:
    """Lower case, no accents, every run of other characters one underscore, none outside.

    Letters, digits and marks of every script count. Accents are what stands on Latin and Greek
    letters; elsewhere a mark makes another letter, as a vowel sign or a dakuten does.
    """
    kept: list[str] = []
    has_accents = False
    for letter in unicodedata.normalize("NFKD", name.casefold()):
        if _is_mark(letter):
            kept += [] if has_accents else [letter]
        else:
            has_accents = unicodedata.name(letter, "").startswith(("LATIN", "GREEK"))
            kept.append(letter if letter.isalnum() else "_")
    return re.sub("_+", "_", unicodedata.normalize("NFC", "".join(kept))).strip("_")


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter).startswith("M")


class Names:
    """The names of one header under one contract."""

    def __init__(self, header: Sequence[str], contract: Contract) -> None:
        self.header, own = header, _names(contract)
        self.known = own | _all_names()
        self.has_own = any(normalised(name) in own for name in header)
        self.is_data = not self.has_own and any(_VALUE.fullmatch(name.strip()) for name in header)

    def shown(self, name: str) -> str | None:
        """The name as a message may show it, None where it may be a value.

        Names of contracts are shown; others where they are words, and the header has a name of
        its contract, which a line of data has not.
        """
        plain = " ".join(name.split())
        if normalised(plain) in self.known:
            return plain
        bare = "".join(letter for letter in plain if not _is_mark(letter))
        return plain if self.has_own and _WORDS.fullmatch(bare) else None

    def in_words(self, most: int) -> str:
        """At most `most` names that may be shown, and the number of those that may not."""
        filled = [name for name in self.header if name.strip()]
        if not filled:
            return "no name at all"
        shown = [name for one in filled if (name := self.shown(one))]
        hidden = len(filled) - len(shown)
        said = ", ".join(shown[:most]) + (", ..." if len(shown) > most else "")
        if not hidden:
            return said
        names = f"{hidden} name{'' if hidden == 1 else 's'} that no contract knows"
        doubt = "; does the file have a header?" if self.is_data else ""
        return f"{said}{', and ' if said else ''}{names}{doubt}"


@cache
def _all_names() -> frozenset[str]:
    return frozenset().union(*(_names(contract) for contract in read_contracts().values()))


def _names(contract: Contract) -> frozenset[str]:
    """Every name under which a column of the contract may come, normalised."""
    return frozenset(
        normalised(name)
        for one in contract.columns
        for name in (one.name, *one.aliases, *one.date_parts, *one.time_parts, *_own(one))
    )


def _own(column: Column) -> Iterator[str]:
    """Every name that settings give the column."""
    yield from column.key_fields
    for _, names in column.own:
        yield from names
