"""The lists of a centre, checked before dbt reads them; one that is not there is empty."""

import csv
from collections.abc import Iterator
from pathlib import Path

import yaml

from orchestration.building.list_values import KINDS, zones
from orchestration.errors import TelltaleError, told
from orchestration.home import PROJECT_ROOT, Home
from orchestration.spelling import nearest

KEYS = {
    "sites": "site_id",
    "teams": "team_id",
    "queues": "queue_id",
    "contact_reasons": "reason_code",
}
"""The column of a list that names its rows, each once: else joins would multiply what they meet."""


def list_columns() -> dict[str, list[str]]:
    """Columns of every list that a home may hold, by list name, from `_lists.yml`."""
    return {name: list(types) for name, types in list_types().items()}


def list_types() -> dict[str, dict[str, str]]:
    """The data type of every column by list name, from `_lists.yml`."""
    declared = yaml.safe_load(
        (PROJECT_ROOT / "models" / "intermediate" / "_lists.yml").read_text("utf-8")
    )
    return {
        table["name"]: {column["name"]: column["data_type"] for column in table["columns"]}
        for table in declared["sources"][0]["tables"]
    }


def check_lists(home: Home) -> None:
    """Check the lists that are there; none is written, so that nobody's list is in the way.

    Raises TelltaleError for a file that is no list of a centre, whose columns are not the
    declared ones, or that holds a value of another type, an unknown zone or a key twice.
    """
    declared = list_types()
    for path in sorted(home.lists.glob("*.csv")):
        if path.stem not in declared:
            raise TelltaleError(
                told(
                    f"{path}: there is no list of this name",
                    expected=f"one of {', '.join(sorted(declared))}",
                    found=f'"{path.stem}"{nearest(path.stem, declared)}',
                    to_do="rename or remove the file",
                )
            )
        _check(path, declared[path.stem])


def copy_lists(home: Home) -> None:
    """Write every list to `state/lists/` with one kind of line end, without a byte order mark.

    One that is not there becomes its header. Raises nothing that `check_lists` did not.

    For an engine that guesses the line end of a whole file from its first line: a list to which
    two programs added lines would otherwise lose or join rows in silence.
    """
    folder = home.state / "lists"
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns in list_columns().items():
        rows, path = [columns], home.lists / f"{name}.csv"
        if path.exists():
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = [row for row in csv.reader(file) if row]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as copy:
            csv.writer(copy, lineterminator="\n").writerows(rows)


def _check(path: Path, types: dict[str, str]) -> None:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            _check_header(path, header, list(types))
            key, seen = KEYS.get(path.stem), dict[str, int]()
            for number, row in _numbered(reader):
                values = _fields(path, number, header, row)
                for column, text in values.items():
                    _check_value(path, number, column, text.strip(), types[column])
                if key:
                    _check_key(path, number, key, values[key].strip(), seen)
    except UnicodeDecodeError:
        raise TelltaleError(
            told(f"{path}: the text is not UTF-8", to_do="save it as csv in UTF-8")
        ) from None
    except csv.Error as error:
        raise TelltaleError(
            told(
                f"{path}: the fields cannot be told apart ({error})",
                expected='quotes that are closed, and doubled ("") inside a text',
                to_do="correct the file",
            )
        ) from None


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something with the physical line on which each begins, from 2."""
    start = reader.line_num + 1  # type: ignore[attr-defined]
    for row in reader:
        if row:
            yield start, row
        start = reader.line_num + 1  # type: ignore[attr-defined]


def _check_header(path: Path, found: list[str], expected: list[str]) -> None:
    others = [mark for mark in (";", "\t", "|") if len(found) == 1 and mark in found[0]]
    if others:
        raise TelltaleError(
            told(
                f"{path}, line 1: the fields are not divided by commas",
                expected=",".join(expected),
                found=f"one field, with {others[0]!r} between the names",
                to_do="save the list as csv with commas (a spreadsheet of a country that writes "
                "decimal commas saves semicolons)",
            )
        )
    faults = {
        "missing": [column for column in expected if column not in found],
        "unknown": [column for column in found if column not in expected],
        "twice": sorted({column for column in found if found.count(column) > 1}),
    }
    said = [f"{word}: {', '.join(names)}" for word, names in faults.items() if names]
    if said:
        raise TelltaleError(
            told(
                f"{path}, line 1: the columns are not those of this list",
                expected=", ".join(expected),
                found="; ".join(said),
                to_do="correct the header (the order is free)",
            )
        )


def _fields(path: Path, number: int, header: list[str], row: list[str]) -> dict[str, str]:
    if len(row) == len(header):
        return dict(zip(header, row, strict=True))
    raise TelltaleError(
        told(
            f"{path}, line {number}: not as many fields as the header has",
            expected=f"{len(header)} fields",
            found=f"{len(row)} fields",
            to_do="correct the line; a text that holds a comma stands in quotes",
        )
    )


def _check_key(path: Path, number: int, key: str, text: str, seen: dict[str, int]) -> None:
    if text and text not in seen:
        seen[text] = number
        return
    raise TelltaleError(
        told(
            f"{path}, line {number}, {key}: it names the row, and must stand here once",
            expected="a value that no other line has",
            found=f'"{text}", as on line {seen[text]}' if text else "nothing",
            to_do="correct or remove the line",
        )
    )


def _check_value(path: Path, number: int, column: str, text: str, data_type: str) -> None:
    kind = "zone" if column == "zone_name" else data_type
    expected, is_good = KINDS[kind]
    if not text or is_good(text):
        return
    hint = nearest(text, zones()) if kind == "zone" else ""
    raise TelltaleError(
        told(
            f"{path}, line {number}, {column}: the value cannot be read",
            expected=expected,
            found=f'"{text}"{hint}',
            to_do="correct the value",
        )
    )
