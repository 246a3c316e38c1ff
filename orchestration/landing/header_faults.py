"""What is wrong with a header, said so that a person can name the columns."""

from collections.abc import Sequence

from orchestration.landing.column import Column
from orchestration.landing.contract import Contract
from orchestration.landing.faults import FileFaultError
from orchestration.landing.names import Names

WAYS_SHOWN, NAMES_SHOWN = 6, 40


def twice_fault(
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


def missing_fault(
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
