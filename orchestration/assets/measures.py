"""How large each built relation is and which columns it has, as metadata of its asset."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import dagster as dg

from orchestration.building.engine import Ask, asked, chosen_engine
from orchestration.home import Home


def measured(home: Home, events: Iterable[Any], nodes: Mapping[str, Any]) -> Iterator[Any]:
    """The events of a dbt build, each output with its rows and columns, once dbt has ended.

    The warehouse has one writer: nobody can look into it before. An error of the build is
    raised after the events that came before it. `nodes` are those of the manifest.
    """
    kept, failure = [], None
    try:
        for event in events:
            kept.append(event)
    except Exception as error:  # raised again below, after what was made is shown
        failure = error
    built = [_node(event, nodes) for event in kept if isinstance(event, dg.Output)]
    known = sizes(home, built) if built else {}
    for event in kept:
        if isinstance(event, dg.Output):
            more = known.get(_node(event, nodes)["unique_id"], {})
            yield event.with_metadata({**(event.metadata or {}), **more})
        else:
            yield event
    if failure:
        raise failure


def sizes(home: Home, built: list[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Rows and columns of built nodes of the manifest, by their id.

    Raises duckdb.Error if another process writes the warehouse.
    """
    with asked(home) as ask:
        types = _types(ask)
        counts = _counts(ask, [node for node in built if not _is_view(node)])
    found = {}
    for node in built:
        columns = types.get((node["schema"], node["alias"]))
        count = counts.get(node["unique_id"])
        found[node["unique_id"]] = {
            **({"dagster/row_count": dg.MetadataValue.int(count)} if count is not None else {}),
            **({"dagster/column_schema": _schema(node, columns)} if columns else {}),
        }
    return found


def declared_columns(node: Mapping[str, Any]) -> dict[str, dg.TableSchema]:
    """The columns of a node of the manifest as its own text declares them."""
    types = {name: one.get("data_type") or "?" for name, one in node.get("columns", {}).items()}
    return {"dagster/column_schema": _schema(node, types)} if types else {}


def _node(event: dg.Output[Any], nodes: Mapping[str, Any]) -> Mapping[str, Any]:
    unique_id = (event.metadata or {})["unique_id"]
    return nodes[str(getattr(unique_id, "text", unique_id))]


def _is_view(node: Mapping[str, Any]) -> bool:
    """Views are not counted: that would compute each of them once more."""
    return node["config"]["materialized"] == "view"


def _counts(ask: Ask, nodes: list[Mapping[str, Any]]) -> dict[str, int]:
    if not nodes:
        return {}
    selects = (
        f"select '{node['unique_id']}', count(*) from {node['schema']}.{node['alias']}"
        for node in nodes
    )
    return dict(ask(" union all ".join(selects)))


def _types(ask: Ask) -> dict[tuple[str, str], dict[str, str]]:
    """Types of all columns by schema and relation; on Spark the contracts' own are shown."""
    if chosen_engine() != "duckdb":
        return {}
    found: dict[tuple[str, str], dict[str, str]] = {}
    rows = ask(
        "select schema_name, table_name, column_name, lower(data_type) from duckdb_columns() "
        "where not internal order by schema_name, table_name, column_index"
    )
    for schema, relation, column, kind in rows:
        found.setdefault((schema, relation), {})[column] = kind
    return found


def _schema(node: Mapping[str, Any], types: Mapping[str, str]) -> dg.TableSchema:
    columns = node.get("columns", {})
    return dg.TableSchema(
        columns=[
            dg.TableColumn(name, kind, description=columns.get(name, {}).get("description"))
            for name, kind in types.items()
        ]
    )
