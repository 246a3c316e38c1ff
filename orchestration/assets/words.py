"""What Dagster says of dbt's models and audits: the words of the house, and no SQL."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtProject

from orchestration.building.audits import audit_text


def with_short_names(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest with names of audits that a list on the screen can show.

    dbt names a generic test by all of its arguments, up to 300 letters; Dagster shows 20. A test
    is named `unique_key`, or by the first column of which it demands something.
    """
    nodes, used = dict(manifest["nodes"]), set()
    for unique_id, node in nodes.items():
        if node["resource_type"] != "test" or not node.get("test_metadata"):
            continue
        owner = node.get("attached_node")
        columns = nodes.get(owner, {}).get("columns", {})
        first = name = _short_name(node, columns)
        count = 1
        while (owner, name) in used:
            count += 1
            name = f"{first}_{count}"
        used.add((owner, name))
        nodes[unique_id] = {**node, "name": name}
    return {**manifest, "nodes": nodes}


def _short_name(test: Mapping[str, Any], columns: Iterable[str]) -> str:
    kind = test["test_metadata"]
    if kind["name"] == "unique_key":
        return "unique_key"
    given = kind.get("kwargs", {})
    words = re.findall(r"\w+", str(given.get("expression") or given.get("column_name") or ""))
    named = [word for word in words if word in set(columns)]
    return named[0] if named else kind["name"]


class Words(DagsterDbtTranslator):
    """Assets and checks of dbt: descriptions without SQL, seeds as words, audits as sentences."""

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        return dbt_resource_props.get("description", "").strip()

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        if dbt_resource_props["resource_type"] == "seed":
            return "words"
        return super().get_group_name(dbt_resource_props)

    def get_asset_check_spec(
        self,
        asset_spec: dg.AssetSpec,
        manifest: Mapping[str, Any],
        unique_id: str,
        project: DbtProject | None,
    ) -> dg.AssetCheckSpec | None:
        spec = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        if spec is None:
            return None
        return spec._replace(description=audit_text(manifest["nodes"][unique_id]))
