"""Why a build stopped, in words: what an audit demands, how many rows fail it, and which."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from orchestration.building.engine import selected
from orchestration.errors import TelltaleError, explained
from orchestration.home import Home

AUDITS_SHOWN, ROWS_SHOWN, COLUMNS_SHOWN = 10, 3, 8

TO_DO = (
    "compare the rows with what was delivered; a file that is wrong can be left out with `telltale "
    "withdraw FILE`; where the files are right it is a fault of the models: report it with these "
    "lines"
)
"""For an audit that does not say in `meta.to_do` what to do."""

Nodes = Mapping[str, Mapping[str, Any]]


def failure_text(home: Home, failures: list[Any]) -> str:
    """All failed results of one dbt build, audits as sentences with a few of their rows."""
    nodes = _nodes(home)
    lines = ["The build stopped; nothing is published, and readers keep what they had."]
    for failure in failures[:AUDITS_SHOWN]:
        if failure.status == "fail":
            lines.append(_audit(home, failure, nodes))
        else:
            where = Path(getattr(failure.node, "original_file_path", "")).as_posix()
            lines.append(f"{failure.node.name} ({where}): {str(failure.message).strip()}")
    if len(failures) > AUDITS_SHOWN:
        lines.append(f"and {len(failures) - AUDITS_SHOWN} more")
    lines.append(f"Compiled SQL lies in {home.state / 'target'}, the log in {home.state / 'logs'}.")
    return "\n".join(lines)


def audit_text(test: Mapping[str, Any]) -> str:
    """What a dbt test demands, in a sentence: its own description, else one made of its parts."""
    written = (test.get("description") or "").strip()
    if written:
        return " ".join(written.split())
    kind = test.get("test_metadata") or {}
    given = kind.get("kwargs", {})
    column = given.get("column_name")
    texts = {
        "unique_key": lambda: f"One row for each {_joined(given['columns'])}; none is empty.",
        "always_true": lambda: f"In every row: {given['expression']}.",
        "unique": lambda: f"One row for each {column}.",
        "not_null": lambda: f"{column} is never empty.",
        "accepted_values": lambda: f"{column} is one of {_joined(given['values'])}.",
        "relationships": lambda: (
            f"Every {column} is a {given['field']} of {_referred(given['to'])}."
        ),
    }
    make = texts.get(kind.get("name", ""))
    return make() if make else test["name"].replace("_", " ").capitalize() + "."


def _audit(home: Home, failure: Any, nodes: Nodes) -> str:
    test = nodes.get(failure.node.unique_id, {"name": failure.node.name})
    attached = nodes.get(test.get("attached_node") or "", {}).get("name")
    sentence = audit_text(test)
    count = failure.failures or 0
    found = f"{count:,} row{' does' if count == 1 else 's do'} not"
    meta = (test.get("config") or {}).get("meta") or {}
    return explained(
        f"{attached}: {sentence}" if attached else sentence,
        *_rows(home, failure.node, test, nodes),
        expected="no row that says otherwise",
        found=f"{found}; the audit is {failure.node.original_file_path}, {failure.node.name}",
        to_do=meta.get("to_do") or TO_DO,
    )


def _rows(home: Home, node: Any, test: Mapping[str, Any], nodes: Nodes) -> list[str]:
    """A few of the failing rows: the key and what the audit is about, or the first columns."""
    query = getattr(node, "compiled_code", None)
    if not query:
        return []
    try:
        names, rows = selected(home, f"select * from (\n{query}\n) as failing limit {ROWS_SHOWN}")
    except (duckdb.Error, TelltaleError):  # what failed is said all the same
        return []
    wanted = [name for name in names if name in _words(test, nodes)] or names
    places = [names.index(name) for name in wanted[:COLUMNS_SHOWN]]
    return [
        "such as " + ", ".join(f"{names[place]} {_value(row[place])}" for place in places)
        for row in rows
    ]


def _words(test: Mapping[str, Any], nodes: Nodes) -> set[str]:
    """Columns that tell a failing row apart: those of the audit and of its model's key."""
    model = test.get("attached_node")
    if not model:
        return set()
    texts = [
        json.dumps((one.get("test_metadata") or {}).get("kwargs", {}))
        for one in nodes.values()
        if one is test or (one.get("attached_node") == model and _is_key(one))
    ]
    return set(re.findall(r"[a-z_][a-z0-9_]*", " ".join(texts))) | {"row_count"}


def _is_key(test: Mapping[str, Any]) -> bool:
    return (test.get("test_metadata") or {}).get("name") == "unique_key"


def _value(value: Any) -> str:
    return "(empty)" if value is None else str(value)


def _nodes(home: Home) -> Nodes:
    """Nodes of the manifest that the build left; empty where it left none."""
    try:
        return json.loads((home.state / "target" / "manifest.json").read_text("utf-8"))["nodes"]
    except (OSError, ValueError, KeyError):
        return {}


def _joined(names: list[Any]) -> str:
    *most, last = map(str, names)
    return f"{', '.join(most)} and {last}" if most else last


def _referred(reference: str) -> str:
    found = re.search(r"'(\w+)'\s*\)", reference)
    return found.group(1) if found else reference
