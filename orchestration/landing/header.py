"""Headers are compared by name: which field of a file feeds which column of the contract."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestration.landing.claims import Field, claimed
from orchestration.landing.contract import Contract
from orchestration.landing.header_faults import missing_fault, twice_fault
from orchestration.landing.names import Names, normalised

NOT_SHOWN = "(not shown)"
"""Stands for a name that may be a value: a header's line may be data."""


@dataclass(frozen=True)
class Match:
    """All columns of a contract with their places in one header."""

    fields: tuple[Field, ...]
    ignored: tuple[str, ...]

    @property
    def indices(self) -> tuple[int, ...]:
        """The header indices that are read at all, ascending."""
        return tuple(sorted({index for field in self.fields for index in field.indices}))

    @property
    def delivered(self) -> tuple[str, ...]:
        """Names of the columns that the header feeds."""
        return tuple(field.column.name for field in self.fields if field.indices)

    @property
    def constants(self) -> tuple[str, ...]:
        """Names of the columns that hold one value in every row, by settings or contract."""
        return tuple(
            field.column.name
            for field in self.fields
            if not field.indices and field.constant is not None
        )

    @property
    def settings(self) -> tuple[str, ...]:
        """Keys of the source's settings that this file made use of, such as `aliases.site_id`."""
        return tuple(key for field in self.fields for key in _settings_of(field))


def match_header(header: Sequence[str], contract: Contract) -> Match:
    """The match of `header` under `contract` (aliases and constants included).

    Raises FileFaultError E_HEADER for a name that stands twice, E_MISSING_COLUMN for required
    columns that are neither there nor a constant.
    """
    places: dict[str, int] = {}
    for index, name in enumerate(header):
        plain = normalised(name)
        if plain in places:
            raise twice_fault(index, places[plain], header, contract)
        if plain:
            places[plain] = index
    fields, used = claimed(places, contract)
    missing = [field.column for field in fields if field.column.required and not field.is_there]
    if missing:
        raise missing_fault(missing, header, contract)
    left = [index for index, name in enumerate(header) if index not in used and name.strip()]
    names = Names(header, contract) if left else None
    ignored = tuple((names and names.shown(header[index])) or NOT_SHOWN for index in left)
    return Match(tuple(fields), ignored)


def fitness(header: Sequence[str], contract: Contract) -> int:
    """How many columns of the contract a header feeds: the delimiter with the most is right."""
    places = {normalised(name): index for index, name in enumerate(header) if normalised(name)}
    return sum(1 for field in claimed(places, contract)[0] if field.indices)


def _settings_of(field: Field) -> Iterator[str]:
    column = field.column
    name = column.name
    if field.is_own:
        yield from (
            f"aliases.{name}.{part}" if part else f"aliases.{name}" for part, _ in column.own
        )
    if field.indices:
        yield from (f"{kind}.{name}" for kind in ("words", "units", "keys"))
    if field.constant is not None:
        yield f"constants.{name}"
    if field.day:
        yield f"constants.{name}.date"
