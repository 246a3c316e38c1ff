"""What is wrong with a header, said so that a person can name the columns."""

from collections.abc import Sequence

from orchestration.landing.column import Column
from orchestration.landing.contract import Contract
from orchestration.landing.faults import FileFaultError

WAYS_SHOWN, NAMES_SHOWN, LETTERS_SHOWN, DIGITS_SHOWN = 6, 40, 40, 4


def twice_fault(name: str, first: int, second: int) -> FileFaultError:
    """E_HEADER: the fields at two indices have one name."""
    return FileFaultError(
        "E_HEADER",
        f'the header names "{_shown(name)}" twice',
        expected="each name once, whatever its case, accents and punctuation",
        found=f"fields {first + 1} and {second + 1}",
        to_do="rename or remove one of them",
    )


def missing_fault(
    missing: Sequence[Column], header: Sequence[str], contract: Contract
) -> FileFaultError:
    """E_MISSING_COLUMN, with every name under which a column may come."""
    place = f"[sources.{contract.source}"
    is_one, first = len(missing) == 1, missing[0].name
    return FileFaultError(
        "E_MISSING_COLUMN",
        f"missing column{'' if is_one else 's'} {', '.join(column.name for column in missing)}",
        *(f"{column.name}: {_ways(column)}" for column in missing),
        found=_some([_shown(name) for name in header], NAMES_SHOWN) or "no name at all",
        to_do=f"rename {'the column' if is_one else 'the columns'} in the file, or name your own "
        f'under {place}.aliases] ({first}=["..."]), or give every row one value under '
        f'{place}.constants] ({first}="..."), both in settings.toml',
    )


def _ways(column: Column) -> str:
    """How a header may say the column."""
    ways = [f"also read as {_some(column.aliases, WAYS_SHOWN)}"] if column.aliases else []
    if column.date_parts:
        days, clocks = (_some(names, 2) for names in (column.date_parts, column.time_parts))
        ways.append(f"a date column ({days}) with a clock ({clocks})")
    return "; or ".join(ways) or "known by this name only"


def _some(names: Sequence[str], most: int) -> str:
    """The first names of a list; all of those of a column stand in the contract."""
    return ", ".join(names[:most]) + (", ..." if len(names) > most else "")


def _shown(name: str) -> str:
    """A header's name; nothing that looks like a value, as some files have no header at all."""
    plain = " ".join(name.split())
    if "@" in plain or sum(letter.isdigit() for letter in plain) > DIGITS_SHOWN:
        return "(a value)"
    return plain[:LETTERS_SHOWN] or "(empty)"
