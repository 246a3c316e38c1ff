"""Headers are compared by name: which field of a file feeds which column of the contract."""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.landing.column import Column
from orchestration.landing.contract import Contract
from orchestration.landing.header_faults import missing_fault, twice_fault
from orchestration.landing.names import Names, normalised


@dataclass(frozen=True)
class Field:
    """Where the text of a column comes from: header indices, or one constant, or nowhere.

    Two indices are a date and a clock.
    """

    column: Column
    indices: tuple[int, ...] = ()
    constant: str | None = None


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
    fields, used = _claimed(places, contract)
    missing = [
        field.column
        for field in fields
        if field.column.required and not field.indices and field.constant is None
    ]
    if missing:
        raise missing_fault(missing, header, contract)
    left = [index for index, name in enumerate(header) if index not in used and name.strip()]
    names = Names(header, contract) if left else None
    ignored = tuple((names and names.shown(header[index])) or "(not shown)" for index in left)
    return Match(tuple(fields), ignored)


def fitness(header: Sequence[str], contract: Contract) -> int:
    """How many columns of the contract a header feeds: the delimiter with the most is right."""
    places = {normalised(name): index for index, name in enumerate(header) if normalised(name)}
    return sum(1 for field in _claimed(places, contract)[0] if field.indices)


def _claimed(places: dict[str, int], contract: Contract) -> tuple[list[Field], set[int]]:
    """Own names claim first, then aliases in the contract's order; one field feeds one column."""
    used: set[int] = set()
    chosen: dict[str, tuple[int, ...]] = {}

    def claim(column: Column, names: Sequence[str]) -> bool:
        for name in names:
            index = places.get(normalised(name))
            if index is not None and index not in used:
                used.add(index)
                chosen[column.name] = (index,)
                return True
        return False

    for column in contract.columns:
        claim(column, [column.name])
    for column in contract.columns:
        if column.name in chosen:
            continue
        pair = _pair(column, places, used)
        if pair:
            used.update(pair)
            chosen[column.name] = pair
        else:
            claim(column, column.aliases)
    fields = [
        Field(column, chosen[column.name])
        if column.name in chosen
        else Field(column, constant=column.default)
        for column in contract.columns
    ]
    return fields, used


def _pair(column: Column, places: dict[str, int], used: set[int]) -> tuple[int, ...]:
    """The date and the clock of a timestamp delivered as two fields, if both are there."""
    found: list[int] = []
    for names in (column.date_parts, column.time_parts):
        for name in names:
            index = places.get(normalised(name))
            if index is not None and index not in used and index not in found:
                found.append(index)
                break
    return tuple(found) if len(found) == 2 else ()
