"""The project as dbt parses it, for all tests of this folder."""

import json
from typing import Any

import pytest

from orchestration.home import Home


@pytest.fixture(scope="session")
def manifest(template: Home) -> dict[str, Any]:
    """dbt's manifest.json of the compiled project."""
    return json.loads((template.state / "target" / "manifest.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def marts(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """The manifest's nodes of marts."""
    return [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["path"].startswith("marts/")
    ]
