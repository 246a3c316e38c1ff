"""What a build depends on besides the deliveries."""

import hashlib
from importlib.metadata import version
from pathlib import Path

from orchestration.building.engine import chosen_engine
from orchestration.home import PROJECT_ROOT, Home
from orchestration.settings import read_settings

TOOLS = {
    "duckdb": ("dbt-core", "dbt-duckdb", "duckdb"),
    "spark": ("dbt-core", "dbt-spark", "pyspark", "duckdb"),
}
"""Libraries whose version may change a figure, by engine."""


def build_fingerprint(home: Home, as_of: str | None = None) -> str:
    """Identity of models, macros, seeds, lists, settings, tool versions and `as_of`, as hex.

    While it stays the same a build may continue the last one; a change means a full build.
    """
    digest = hashlib.sha256()
    for path in _definition_files(home):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    digest.update(read_settings(home).fingerprint().encode())
    digest.update(repr(tool_versions()).encode())
    digest.update(str(as_of).encode())
    return digest.hexdigest()[:32]


def tool_versions() -> dict[str, str]:
    """Version of every library in `TOOLS` for the chosen engine."""
    return {tool: version(tool) for tool in TOOLS[chosen_engine()]}


def _definition_files(home: Home) -> list[Path]:
    patterns = {
        "models": ("*.sql", "*.yml"),
        "macros": ("*.sql",),
        "seeds": ("*.csv", "*.yml"),
    }
    files = [PROJECT_ROOT / "dbt_project.yml"]
    for folder, suffixes in patterns.items():
        for suffix in suffixes:
            files += sorted((PROJECT_ROOT / folder).rglob(suffix))
    return files + sorted(home.lists.glob("*.csv"))
