"""One home built on two engines from the same raw files, and its marts side by side."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from orchestration.home import Home
from orchestration.publication.built import built_marts
from orchestration.publication.marts import published_marts
from orchestration.run import build_step, publish_step
from tests.spark.marts import Comparison, compared_marts

ENGINES = ("duckdb", "spark")


@contextmanager
def engine(name: str) -> Iterator[None]:
    """All steps inside use this engine."""
    before = os.environ.get("TELLTALE_ENGINE")
    os.environ["TELLTALE_ENGINE"] = name
    try:
        yield
    finally:
        if before is None:
            del os.environ["TELLTALE_ENGINE"]
        else:
            os.environ["TELLTALE_ENGINE"] = before


def build_both(
    home: Home, folder: Path, say: Callable[[str], None] = lambda text: None
) -> tuple[list[Comparison], dict[str, Any]]:
    """Build on both engines; return the comparison of every mart and both build summaries.

    `say` hears every step of the build on Spark.
    """
    summaries = {}
    for name in ENGINES:
        with engine(name):
            summaries[name] = build_step(home, say if name == "spark" else lambda text: None)
            export(home, folder / name)
    return compared_marts(folder / "duckdb", folder / "spark"), summaries


def export(home: Home, folder: Path) -> None:
    """Write every mart of the chosen engine to `folder/<mart>.parquet`."""
    folder.mkdir(parents=True, exist_ok=True)
    marts = published_marts(home)
    with built_marts(home, marts) as connection:
        for mart in marts:
            connection.execute(f"copy {mart.relation} to '{folder / mart.name}.parquet'")


def publish_both(home: Home) -> dict[str, dict[str, Any]]:
    """Publish from both engines; return the manifest's entries of every mart by engine."""
    from orchestration.publication.versions import read_manifest

    found = {}
    for name in ENGINES:
        with engine(name):
            version = publish_step(home, lambda text: None, again=True).version
        found[name] = {
            mart: entry
            for root in (home.published, home.coaching)
            for mart, entry in read_manifest(root / version)["marts"].items()
        }
    return found
