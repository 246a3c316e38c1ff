"""The lists of a centre: made empty where they lack, checked before dbt reads them."""

import csv
from pathlib import Path

import yaml

from orchestration.errors import TelltaleError
from orchestration.home import PROJECT_ROOT, Home


def list_columns() -> dict[str, list[str]]:
    """Columns of every list that a home may hold, by list name, from `_lists.yml`."""
    declared = yaml.safe_load(
        (PROJECT_ROOT / "models" / "intermediate" / "_lists.yml").read_text("utf-8")
    )
    tables = declared["sources"][0]["tables"]
    return {table["name"]: [column["name"] for column in table["columns"]] for table in tables}


def prepare_lists(home: Home) -> None:
    """Make the missing lists (header only) and check the others' headers.

    Raises TelltaleError for a file that is no list of a centre, or whose columns are not the
    declared ones.
    """
    home.lists.mkdir(parents=True, exist_ok=True)
    declared = list_columns()
    for path in sorted(home.lists.glob("*.csv")):
        if path.stem not in declared:
            raise TelltaleError(
                f"{path}: there is no list of this name. Lists of a centre are: "
                f"{', '.join(sorted(declared))}. Rename or remove the file."
            )
        _check_header(path, declared[path.stem])
    for name, columns in declared.items():
        path = home.lists / f"{name}.csv"
        if not path.exists():
            path.write_text(",".join(columns) + "\n", "utf-8")


def _check_header(path: Path, expected: list[str]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = next(csv.reader(file), [])
    missing = [column for column in expected if column not in found]
    extra = [column for column in found if column not in expected]
    if missing or extra:
        said = [
            f"missing: {', '.join(missing)}" if missing else "",
            f"unknown: {', '.join(extra)}" if extra else "",
        ]
        raise TelltaleError(
            f"{path}, line 1: the columns of this list are {', '.join(expected)}; "
            f"{'; '.join(part for part in said if part)}. Correct the header (order is free)."
        )
