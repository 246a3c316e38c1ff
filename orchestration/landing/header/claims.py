"""Which field of a file feeds which column: settings first, then own names, then guesses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from orchestration.landing.contract import Contract
from orchestration.landing.header.column import Column
from orchestration.landing.header.names import normalised

Places = Mapping[str, int]
"""The index of each field of a header, by its normalised name."""


@dataclass(frozen=True)
class Field:
    """Where the text of a column comes from: header indices, or one constant, or nowhere.

    Two indices are a date and a clock; one with a `day` is a clock. A column that is made of
    others has them as `parts`: those of a key, or the instant that has a clock or none. `is_own`
    where settings name the field, `is_day_shared` where its date is that of another column: then
    a row without a clock has no such instant.
    """

    column: Column
    indices: tuple[int, ...] = ()
    constant: str | None = None
    day: str | None = None
    is_own: bool = False
    is_day_shared: bool = False
    parts: tuple["Field", ...] = ()

    @property
    def is_there(self) -> bool:
        """The column has a text: from the file, or one for all rows."""
        return bool(self.indices) or self.constant is not None


def claimed(places: Places, contract: Contract) -> tuple[list[Field], set[int]]:
    """The fields of all columns of the contract, and the indices that are read.

    What settings name is read for as many columns as they say; of the rest own names claim
    first, then pairs of a date and a clock and aliases in the contract's order, each field once.
    """
    chosen: dict[str, Field] = {}
    used: set[int] = set()
    for column in contract.columns:
        if field := _by_settings(column, places):
            chosen[column.name] = field
            used.update(field.indices[-1:])  # a date may stand beside several clocks
    for column in contract.columns:
        if column.name not in chosen:
            _claim(column, [column.name], places, chosen, used)
    for column in contract.columns:
        if column.name in chosen:
            continue
        pair = _pair(column, places, used)
        if pair:
            chosen[column.name] = Field(column, pair)
            used.update(pair)
        else:
            _claim(column, column.aliases, places, chosen, used)
    fields = [
        chosen.get(column.name, Field(column, constant=column.default))
        for column in contract.columns
    ]
    fields = _made(fields, places)
    return fields, used.union(*(field.indices for field in fields))


def _by_settings(column: Column, places: Places) -> Field | None:
    """What settings say of the column, where this header has it."""
    whole = _first(column.own_names(), places)
    if whole is not None:
        return Field(column, (whole,), is_own=True)
    days, clocks = column.own_names("date"), column.own_names("time")
    if not (days or clocks or column.day):
        return None
    day = _first((*days, *column.date_parts), places)
    clock = _first((*clocks, *column.time_parts), places)
    if day is not None and clock is not None:
        return Field(column, (day,) if day == clock else (day, clock), is_own=True)
    if day is None and clock is not None and column.day:
        return Field(column, (clock,), day=column.day, is_own=True)
    return None


def _first(names: Sequence[str], places: Places) -> int | None:
    return next((places[plain] for name in names if (plain := normalised(name)) in places), None)


def _claim(
    column: Column, names: Sequence[str], places: Places, chosen: dict[str, Field], used: set[int]
) -> None:
    for name in names:
        index = places.get(normalised(name))
        if index is not None and index not in used:
            used.add(index)
            chosen[column.name] = Field(column, (index,))
            return


def _pair(column: Column, places: Places, used: set[int]) -> tuple[int, ...]:
    """The date and the clock of a timestamp delivered as two fields, if both are there."""
    found: list[int] = []
    for names in (column.date_parts, column.time_parts):
        for name in names:
            index = places.get(normalised(name))
            if index is not None and index not in used and index not in found:
                found.append(index)
                break
    return tuple(found) if len(found) == 2 else ()


def _made(fields: list[Field], places: Places) -> list[Field]:
    """The fields with those that are made of others.

    A field that feeds a column of persons is a pseudonym wherever it is text.
    """
    by_name = {field.column.name: field for field in fields}
    people = {
        index
        for field in fields
        if field.column.pseudonymise and not field.column.key_fields
        for index in field.indices
    }
    made = []
    for field in fields:
        column = field.column
        if column.key_fields:
            parts = [_part(name, by_name, places) for name in column.key_fields]
            known = tuple(part for part in parts if part)
            indices = tuple(dict.fromkeys(index for part in known for index in part.indices))
            is_whole = len(known) == len(parts) and len(indices) > 0
            field = Field(column, indices, parts=known) if is_whole else Field(column)
        elif len(field.indices) == 2 and _shares_day(field, fields):
            field = replace(field, is_day_shared=True)
        elif column.clock_of and not field.is_there:
            field = Field(column, parts=(by_name[column.clock_of],))
        elif column.data_type == "string" and people.intersection(field.indices):
            field = replace(field, column=replace(column, pseudonymise=True))
        made.append(field)
    return made


def _shares_day(field: Field, fields: Sequence[Field]) -> bool:
    day = field.indices[0]
    return not field.column.required and any(
        day in other.indices for other in fields if other is not field
    )


def _part(name: str, by_name: Mapping[str, Field], places: Places) -> Field | None:
    """A part of a key: the column of that name where it is fed, else the field of that name."""
    field = by_name.get(name)
    if field and field.is_there and not field.column.key_fields:
        return field
    index = places.get(normalised(name))
    return None if index is None else Field(Column(name, "string"), (index,))
