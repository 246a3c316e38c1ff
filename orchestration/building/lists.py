"""The lists of a centre, checked and copied before a build; one that is not there is empty."""

from orchestration.building.list_reader import read_list
from orchestration.errors import TelltaleError, explained
from orchestration.home import Home
from orchestration.landing.list_contracts import list_contracts
from orchestration.settings import read_settings
from orchestration.spelling import nearest


def list_columns() -> dict[str, list[str]]:
    """Columns of every list that a home may hold, by list name, from `_lists.yml`."""
    contracts = list_contracts().values()
    return {one.table: [column.name for column in one.columns] for one in contracts}


def check_lists(home: Home) -> None:
    """Copy every list to `state/lists/` as any engine reads it; none is written in the home.

    Whatever a spreadsheet puts between fields is read; other habits of it are settings of the
    source `lists`. Raises TelltaleError for a file that is no list of a centre, whose columns are
    not the declared ones, or that holds a value of another type, an unknown zone or a key twice.
    """
    contracts = {table: one for (_, table), one in list_contracts().items()}
    settings, folder = read_settings(home), home.state / "lists"
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(home.lists.glob("*.csv")):
        if path.stem not in contracts:
            raise TelltaleError(
                explained(
                    f"{path}: there is no list of this name",
                    expected=f"one of {', '.join(sorted(contracts))}",
                    found=f'"{path.stem}"{nearest(path.stem, contracts)}',
                    to_do="rename or remove the file",
                )
            )
    for table, contract in contracts.items():
        path, copy = home.lists / f"{table}.csv", folder / f"{table}.csv"
        if path.exists():
            read_list(path, contract.under(settings), copy)
        else:
            copy.write_text(",".join(column.name for column in contract.columns) + "\n", "utf-8")
