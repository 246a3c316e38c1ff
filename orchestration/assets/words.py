"""What Dagster says of dbt's models and audits: the words of the house, and no SQL."""

import re
from collections.abc import Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtProject


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


def audit_text(test: Mapping[str, Any]) -> str:
    """What a dbt test demands, in a sentence: its own description, else one made of its parts."""
    written = test.get("description", "").strip()
    if written:
        return written
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


def _joined(names: list[Any]) -> str:
    *most, last = map(str, names)
    return f"{', '.join(most)} and {last}" if most else last


def _referred(reference: str) -> str:
    found = re.search(r"'(\w+)'\s*\)", reference)
    return found.group(1) if found else reference
