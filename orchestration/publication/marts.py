"""Which marts a build made, and who may read each."""

import json
from dataclasses import dataclass

from orchestration.errors import TelltaleError
from orchestration.home import Home


@dataclass(frozen=True)
class Mart:
    """One mart of the private warehouse.

    `audience` is public or coaching; a record tells what happened in this home and has no
    content hash; `period_column` is the local day of a fact's rows, None for anything else.
    """

    name: str
    relation: str
    audience: str
    is_record: bool
    period_column: str | None

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
            )
        )
    return sorted(marts, key=lambda mart: mart.name)
