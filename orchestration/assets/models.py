"""Every dbt model as an asset and every dbt test as its check, made by one whole `dbt build`."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DbtCliResource, dbt_assets

from orchestration.assets.measures import declared_columns, measured
from orchestration.assets.retries import retried
from orchestration.assets.words import Words, with_short_names
from orchestration.building.dbt import dbt_environment
from orchestration.building.lock import home_lock
from orchestration.building.state import open_warehouse
from orchestration.building.warehouse import prepare_home
from orchestration.home import Home
from orchestration.manifest import project_hash
from orchestration.run import is_empty

APART = ("--exclude-resource-type", "unit_test", "--exclude-resource-type", "exposure")
FLAGS = (*APART, "--no-version-check")
"""Unit tests prove the models, not the data: they belong to `make test`, not to every day."""

HOOK_SOURCES = ("home", "lists")
"""Sources that the build's first hook makes; no delivery fills them."""


def home_relations(manifest: Mapping[str, Any]) -> list[dg.AssetSpec]:
    """The centre's lists and the state of the home: read by models, made by no step."""
    return [
        dg.AssetSpec(
            key=[node["source_name"], node["name"]],
            group_name="home",
            description=node["description"],
            metadata=declared_columns(node),
        )
        for node in manifest["sources"].values()
        if node["source_name"] in HOOK_SOURCES
    ]


def built_models(home: Home, manifest: Mapping[str, Any]) -> dg.AssetsDefinition:
    """All models and seeds; they are built together, so that no mart is older than another."""
    parsed, manifest = project_hash(), with_short_names(manifest)

    @dbt_assets(manifest=manifest, dagster_dbt_translator=Words(), name="build")
    def build(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[Any]:
        if context.is_subset:
            raise dg.Failure(
                "Models are built together, so that no mart is older than another. Select all "
                "of them, or launch the job `daily`.",
                allow_retries=False,
            )
        if project_hash() != parsed:
            raise dg.Failure(
                "Models, macros, seeds or audits changed since Dagster read them. Press Reload "
                "definitions on the page Deployment, then launch the job again.",
                allow_retries=False,
            )
        with retried():
            yield from _built(context, dbt)

    def _built(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[Any]:
        prepare_home(home)
        if is_empty(home):
            context.log.info("No row was accepted so far: nothing to build.")
            return
        with home_lock(home, "build", on_wait=context.log.info), dbt_environment(home):
            open_warehouse(home, context.log.info)
            with _lent_lock(home):
                invocation = dbt.cli(
                    ["build", *FLAGS, "--log-path", str(home.state / "logs")],
                    context=context,
                    target_path=home.state / "target",
                )
            yield from measured(home, invocation.stream(), manifest["nodes"])

    return build


@contextmanager
def _lent_lock(home: Home) -> Iterator[None]:
    """Children that start meanwhile hold the home's lock for as long as they live.

    A killed run leaves its dbt alive for some seconds; whoever comes next must wait for it.
    Of this process's open files a child of `subprocess` inherits only the standard ones, so
    the lock is handed over as its standard input, which dbt never reads.
    """
    kept = os.dup(0)
    os.dup2(_lock_descriptor(home.state / "home.lock"), 0)
    try:
        yield
    finally:
        os.dup2(kept, 0)
        os.close(kept)


def _lock_descriptor(lock: Path) -> int:
    wanted = lock.stat()
    for descriptor in sorted(int(name) for name in os.listdir("/dev/fd")):  # noqa: PTH208
        try:
            found = os.fstat(descriptor)
        except OSError:
            continue
        if (found.st_dev, found.st_ino) == (wanted.st_dev, wanted.st_ino):
            return descriptor
    raise RuntimeError(f"{lock} is not held by this process")
