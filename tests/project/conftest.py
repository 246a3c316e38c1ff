"""The project as dbt parses it, for all tests of this folder."""

from typing import Any

import pytest


@pytest.fixture(scope="session")
def manifest(parsed_project: Any) -> dict[str, Any]:
    """dbt's manifest in the shape of its file manifest.json."""
    return parsed_project.writable_manifest().to_dict(omit_none=False)


@pytest.fixture(scope="session")
def marts(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """The manifest's nodes of marts."""
    return [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["path"].startswith("marts/")
    ]
