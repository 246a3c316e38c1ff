"""The dbt project as tests need it: run, its compiled models, who reads whom, tests that guard."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any
from unittest.mock import patch

from orchestration.building import warehouse
from orchestration.building.dbt import close_warehouse, dbt_arguments, dbt_environment
from orchestration.home import Home

FAMILY = "marts/transactional/"


@dataclass(frozen=True)
class Relation:
    """A model, seed or source: `name` as people say it, `relation` as SQL does.

    `sql` is the compiled select of a model, empty for what is copied.
    """

    name: str
    relation: str
    schema: str
    path: str
    sql: str
    parents: tuple[str, ...]
    is_stored: bool
    is_promised: bool
    """Under a contract: other types of columns fail the build."""


@dataclass(frozen=True)
class DataTest:
    """A dbt data test that stops a build: rows of `sql` are failures."""

    name: str
    sql: str
    parents: tuple[str, ...]


class Project:
    """What dbt compiled for one home."""

    def __init__(self, home: Home) -> None:
        self.target = home.state / "target"
        self.manifest: dict[str, Any] = json.loads(
            (self.target / "manifest.json").read_text("utf-8")
        )
        self.relations = {one.name: one for one in self._sorted()}

    @cached_property
    def tests(self) -> dict[str, DataTest]:
        """Data tests of severity error by name, with their compiled SQL."""
        return {
            node["name"]: DataTest(node["name"], self._compiled(node), self._parents(node))
            for node in self.manifest["nodes"].values()
            if node["resource_type"] == "test" and node["config"]["severity"].lower() == "error"
        }

    def descendants(self, name: str) -> list[str]:
        """Models that read a model, directly or through others, in the order of a build."""
        found = {name}
        for one in self.relations.values():
            if found.intersection(one.parents):
                found.add(one.name)
        return [one for one in self.relations if one in found and one != name]

    def family(self) -> list[str]:
        """Models of the family, and intermediate ones that nothing else needs but reports.

        Lists of touched days are left out: a full build does not tell a wrong one.
        """
        touched = {
            node["config"]["meta"].get("touched_model")
            for node in self.manifest["nodes"].values()
            if node["resource_type"] == "model"
        }
        chosen: set[str] = set()
        for one in reversed(self.relations.values()):
            readers = [other for other in self.relations.values() if one.name in other.parents]
            is_own = bool(readers) and all(
                other.name in chosen or other.name.startswith("rpt_") for other in readers
            )
            is_step = one.name.startswith("int_") and one.name not in touched
            if one.path.startswith(FAMILY) or (is_step and is_own):
                chosen.add(one.name)
        return [name for name in self.relations if name in chosen]

    def unit_tests(self, model: str) -> list[tuple[dict[str, Any], str]]:
        """Definition and compiled SQL (fixtures, then the model) of a model's unit tests."""
        found = []
        for test in self.manifest["unit_tests"].values():
            if test["model"] == model:
                folder = self._folder(test) / test["original_file_path"]
                file = next(folder.rglob(f"{test['name']}.sql"))
                found.append((test, file.read_text("utf-8")))
        return found

    def _sorted(self) -> list[Relation]:
        nodes = {
            key: node
            for key, node in {**self.manifest["sources"], **self.manifest["nodes"]}.items()
            if node["resource_type"] in ("source", "seed", "model")
        }
        parents = {
            key: [k for k in node.get("depends_on", {}).get("nodes", []) if k in nodes]
            for key, node in nodes.items()
        }
        return [self._relation(nodes[key]) for key in TopologicalSorter(parents).static_order()]

    def _relation(self, node: dict[str, Any]) -> Relation:
        is_model = node["resource_type"] == "model"
        name = node["name"]
        if node["resource_type"] == "source":
            name = f"{node['source_name']}.{name}"
        return Relation(
            name=name,
            relation=node["relation_name"],
            schema=node["schema"],
            path=node["path"],
            sql=self._compiled(node) if is_model else "",
            parents=self._parents(node),
            is_stored=is_model and node["config"]["materialized"] != "view",
            is_promised=is_model and node["contract"]["enforced"],
        )

    def _parents(self, node: dict[str, Any]) -> tuple[str, ...]:
        # A source is never rebuilt: only models and seeds need their names here.
        keys = node.get("depends_on", {}).get("nodes", [])
        return tuple(key.rpartition(".")[2] for key in keys if not key.startswith("source."))

    def _compiled(self, node: dict[str, Any]) -> str:
        path = self._folder(node) / node["original_file_path"]
        file = path if path.suffix == ".sql" else path / node["path"]
        return file.read_text("utf-8")

    def _folder(self, node: dict[str, Any]) -> Path:
        return self.target / "compiled" / node["package_name"]


def run_dbt(home: Home, *arguments: str, manifest: Any = None) -> Any:
    """The outcome of a dbt command on a home, in this process; the home's file is let go after it.

    `manifest` is an already parsed project. Raises ValueError where dbt could not run at all.
    """
    from dbt.cli.main import dbtRunner

    with dbt_environment(home):
        try:
            outcome = dbtRunner(manifest=manifest).invoke([*arguments, *dbt_arguments(home)])
        finally:
            close_warehouse()
    if outcome.exception is not None:
        raise ValueError(f"dbt could not run: {outcome.exception}")
    return outcome


def passed_unit_tests(home: Home, manifest: Any = None) -> list[Any]:
    """Results of all dbt unit tests on the relations of a built home.

    Raises ValueError with the name and message of each that did not pass.
    """
    outcome = run_dbt(home, "test", "--select", "test_type:unit", manifest=manifest)
    ran: list[Any] = list(getattr(outcome.result, "results", []))
    results = [result for result in ran if result.node.resource_type == "unit_test"]
    failed = [f"{r.node.name}: {r.message}" for r in results if r.status != "pass"]
    if failed or not outcome.success:
        raise ValueError("unit tests fail on the project itself\n" + "\n".join(failed))
    return results


@contextmanager
def without_audits() -> Iterator[None]:
    """Builds inside leave the data tests out: they are only there to be compared."""
    with patch.object(warehouse, "LEFT_OUT", (*warehouse.LEFT_OUT, "test")):
        yield


def matching(names: Iterable[str], patterns: Iterable[str]) -> list[str]:
    """Names that fit one of the patterns (`rpt_*`); all names if there is no pattern."""
    wanted = list(patterns)
    return [name for name in names if not wanted or any(fnmatch(name, one) for one in wanted)]
