"""Which marts a build made, and who may read each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from orchestration.errors import TelltaleError
from orchestration.home import Home


@dataclass(frozen=True)
class Mart:
    """One mart of the private warehouse.

    `audience` is public or coaching; a record tells what happened in this home and has no
    content hash; `period_column` is the local day of a fact's rows, None for anything else.
    `query` is the select of a view over other marts, by their bare names; None for a table.
    `description` and `columns` are what dbt's documentation says of it.
    """

    name: str
    relation: str
    audience: str
    is_record: bool
    period_column: str | None
    query: str | None = None
    description: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_fact(self) -> bool:
        """Facts are published as month files, everything else whole."""
        return self.name.startswith("fct_")


def published_marts(home: Home) -> list[Mart]:
    """Marts of the last build with an audience, by name, read from dbt's manifest."""
    manifest_file = home.state / "target" / "manifest.json"
    if not manifest_file.exists():
        raise TelltaleError(f"Nothing was built in {home.root} yet. Run `telltale build` first.")
    nodes = json.loads(manifest_file.read_text("utf-8"))["nodes"].values()
    names = {node["relation_name"]: node["name"] for node in nodes if node.get("relation_name")}
    marts = []
    for node in nodes:
        meta = node.get("config", {}).get("meta", {})
        if node["resource_type"] != "model" or meta.get("audience") not in ("public", "coaching"):
            continue
        marts.append(
            Mart(
                name=node["name"],
                relation=f"{node['schema']}.{node['alias']}",
                audience=meta["audience"],
                is_record=bool(meta.get("is_record")),
                period_column=meta.get("period_column"),
                query=_query(node, names),
                description=_one_line(node["description"]),
                columns={
                    column["name"]: _one_line(column["description"])
                    for column in node["columns"].values()
                },
            )
        )
    return sorted(marts, key=lambda mart: mart.name)


def _query(node: Mapping[str, Any], names: Mapping[str, str]) -> str | None:
    """The compiled select of a view, in which every relation has its name as readers know it."""
    if node["config"]["materialized"] != "view":
        return None
    query = node["compiled_code"]
    for relation, name in names.items():
        query = query.replace(relation, name)
    return query


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
