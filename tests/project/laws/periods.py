"""Facts are published month by month, by the local day of their rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.project.laws.breach import Breach


def period_breaches(marts: Iterable[Mapping[str, Any]]) -> list[Breach]:
    """Manifest nodes of facts whose `meta.period_column` is none of their columns, or no day."""
    found = []
    for node in marts:
        if not node["name"].startswith("fct_"):
            continue
        name = node["config"]["meta"].get("period_column")
        column = node["columns"].get(name)
        what = None
        if column is None:
            what = f"its period_column is {name}, which is none of its columns"
        elif column["data_type"] != "date":
            what = f"its period_column {name} is no day but of the type {column['data_type']}"
        if what:
            remedy = "set meta.period_column to the local day by which its rows are published"
            found.append(Breach(node["original_file_path"], what, remedy, node["name"]))
    return found
