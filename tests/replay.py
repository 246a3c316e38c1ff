"""The project compiled once, and its selects run on any landed home without dbt.

A whole `dbt build` costs half a minute of a processor, most of it for nodes and audits that a
test of figures does not need. `tests/orchestration/test_replay.py` holds both against each other.
"""

import hashlib
import json
import shutil
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
from filelock import FileLock

from orchestration import run as road
from orchestration.building import warehouse
from orchestration.building.dbt import dbt_environment
from orchestration.building.fingerprint import build_fingerprint
from orchestration.building.warehouse import BuildSummary, prepare_home
from orchestration.home import Home
from orchestration.landing import land
from orchestration.landing.relations import quoted
from orchestration.landing.summary import LandingSummary
from orchestration.manifest import project_hash
from orchestration.run import RunOutcome
from tests.compiled import Project, Relation, run_dbt

AS_OF = "2222-02-02 02:02:02"
"""Stands in the compiled SQL where a build writes the instant that a person names."""


def ready_template(folder: Path) -> Home:
    """A home below `folder` with the project parsed and compiled, and its seeds built.

    Once for all processes, until a file changes that decides what is compiled.
    """
    digest = hashlib.sha256(f"{project_hash()} {version('duckdb')}".encode())
    for path in (*sorted(Path(warehouse.__file__).parent.glob("*.py")), Path(__file__)):
        digest.update(path.read_bytes())
    home = Home.at(folder / digest.hexdigest()[:16])
    with FileLock(folder / "template.lock"):
        if not (home.root / "ready").exists():
            for other in folder.iterdir():
                if other.is_dir():
                    shutil.rmtree(other)
            prepare_home(home)
            manifest = _dbt(home, None, "parse", "--no-partial-parse").result
            _dbt(home, manifest, "compile", "--vars", json.dumps({"as_of": AS_OF}))
            _dbt(home, manifest, "seed")
            (home.root / "ready").touch()
    return home


def read_manifest_of(template: Home) -> Any:
    """The manifest that dbt parsed for the template: every build may start from it."""
    from dbt.contracts.graph.manifest import Manifest

    parsed = template.state / "target" / "partial_parse.msgpack"
    return Manifest.from_msgpack(parsed.read_bytes())


class Replay:
    """The compiled selects of the project, from the home of `ready_template`."""

    def __init__(self, template: Home, manifest: Any) -> None:
        self.manifest = manifest
        self.template = template
        self.relations = [
            one for one in Project(template).relations.values() if "." not in one.name
        ]

    def run(self, home: Home, as_of: str | None = None) -> LandingSummary:
        """Land what lies in the home's deliveries, then build every seed and model from nothing.

        `as_of` is a UTC instant such as "2026-06-30 00:00:00". No audit runs.
        """
        prepare_home(home)
        landing = land(home)
        self.build(home, as_of=as_of)
        return landing

    def run_all(self, home: Home, **options: Any) -> RunOutcome:
        """`telltale run` with the replay in place of dbt: land, build, publish; no audit runs."""
        with patch.object(road, "build", self.build):
            return road.run_all(home, lambda text: None, **options)

    def build(self, home: Home, as_of: str | None = None, **_: Any) -> BuildSummary:
        """What `orchestration.building.warehouse.build` does, always from nothing."""
        started = time.monotonic()
        prepare_home(home)
        home.warehouse.unlink(missing_ok=True)
        _dbt(home, self.manifest, "run-operation", "prepare_build")
        with dbt_environment(home, as_of):
            fingerprint = build_fingerprint(home, as_of)
        with duckdb.connect(str(home.warehouse)) as connection:
            for setting in (
                "set threads = 1",
                "set TimeZone = 'UTC'",
                "set default_null_order = 'nulls_first_on_asc_last_on_desc'",
                # On a few hundred rows planning takes longer than the query.
                "pragma disable_optimizer",
                f"attach {quoted(str(self.template.warehouse))} as template (read_only)",
                # A build from nothing touches every day.
                "delete from home.build",
                f"insert into home.build values (true, 'replayed', {quoted(fingerprint)}, false)",
            ):
                connection.execute(setting)
            for one in self.relations:
                connection.execute(f'create schema if not exists "{one.schema}"')
                connection.execute(_statement(one, as_of))
            connection.execute(
                "insert into home.built_deliveries "
                "select delivery_id, is_active, contract_code from home.deliveries"
            )
            connection.execute("update home.build set is_finished = true")
        # Publishing asks dbt's manifest what each mart is.
        (home.state / "target").mkdir(parents=True, exist_ok=True)
        shutil.copy(self.template.state / "target" / "manifest.json", home.state / "target")
        seconds = time.monotonic() - started
        return BuildSummary(len(self.relations), 0, [], "replayed", True, seconds)


def _dbt(home: Home, manifest: Any, *arguments: str) -> Any:
    outcome = run_dbt(home, *arguments, manifest=manifest)
    assert outcome.success, f"dbt {arguments[0]} failed"
    return outcome


def _statement(one: Relation, as_of: str | None) -> str:
    if not one.sql:
        original = one.relation.replace('"warehouse"', "template", 1)
        return f"create table {one.relation} as select * from {original}"
    instant = f"'{as_of}'" if as_of else "null"
    sql = one.sql.replace(f"cast('{AS_OF}' as timestamp)", f"cast({instant} as timestamp)")
    kind = "table" if one.is_stored else "view"
    return f"create {kind} {one.relation} as {sql}"
