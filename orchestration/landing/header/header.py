"""Headers are compared by name: which field of a file feeds which column of the contract."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestration.landing.contract import Contract
from orchestration.landing.faults import FileFaultError
from orchestration.landing.header.claims import Field, claimed
from orchestration.landing.header.column import Column
from orchestration.landing.header.names import Names, normalised

NOT_SHOWN = "(not shown)"
"""Stands for a name that may be a value: a header's line may be data."""

WAYS_SHOWN, NAMES_SHOWN = 6, 40


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
            raise _twice_fault(index, places[plain], header, contract)
        if plain:
            places[plain] = index
    fields, used = claimed(places, contract)
    missing = [field.column for field in fields if field.column.required and not field.is_there]
    if missing:
        raise _missing_fault(missing, header, contract)
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


def _twice_fault(
    index: int, first: int, header: Sequence[str], contract: Contract
) -> FileFaultError:
    """E_HEADER: the fields at two indices have one name."""
    name = Names(header, contract).shown(header[index])
    return FileFaultError(
        "E_HEADER",
        f'the header names "{name}" twice' if name else "the header says one name twice",
        expected="each name once, whatever its case, accents and punctuation",
        found=f"fields {first + 1} and {index + 1}",
        to_do="rename or remove one of them",
    )


def _missing_fault(
    missing: Sequence[Column], header: Sequence[str], contract: Contract
) -> FileFaultError:
    """E_MISSING_COLUMN, with every name under which a column may come."""
    is_one = len(missing) == 1
    return FileFaultError(
        "E_MISSING_COLUMN",
        f"missing column{'' if is_one else 's'} {', '.join(column.name for column in missing)}",
        *(f"{column.name}: {_ways(column)}" for column in missing),
        found=Names(header, contract).in_words(NAMES_SHOWN),
        to_do=f"rename {'the column' if is_one else 'the columns'} in the file, or say in "
        f"settings.toml {_setting_ways(missing, contract)}",
    )


def _setting_ways(missing: Sequence[Column], contract: Contract) -> str:
    """What the settings can do about the columns; those of the key are never one value."""
    place, first = f"[sources.{contract.source}", missing[0].name
    ways = [f'which of your columns it is, under {place}.aliases] ({first} = ["..."])']
    free = [column.name for column in missing if column.name not in contract.key]
    if len(free) < len(missing):
        key = next(column.name for column in missing if column.name in contract.key)
        ways.append(
            f'the fields that make one together, under {place}.keys] ({key} = ["...", "..."])'
        )
    if free:
        ways.append(f'the one value of all rows, under {place}.constants] ({free[0]} = "...")')
    return ", or ".join(ways)


def _ways(column: Column) -> str:
    """How a header may say the column."""
    if column.key_fields:
        return (
            f"made of {', '.join(column.key_fields)}, as settings.toml says, and one is not there"
        )
    names = (*column.own_names(), *column.aliases)
    ways = [f"also read as {_some(names, WAYS_SHOWN)}"] if names else []
    if column.date_parts:
        days, clocks = (
            _some((*column.own_names(part), *parts), 2)
            for part, parts in (("date", column.date_parts), ("time", column.time_parts))
        )
        ways.append(f"a date column ({days}) with a clock ({clocks})")
    return "; or ".join(ways) or "known by this name only"


def _some(names: Sequence[str], most: int) -> str:
    """The first names of a list; all of those of a column stand in the contract."""
    return ", ".join(names[:most]) + (", ..." if len(names) > most else "")
