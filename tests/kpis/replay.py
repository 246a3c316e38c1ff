"""The project compiled once, and its selects run on any landed home without dbt.

A whole `dbt build` costs half a minute of a processor, most of it for nodes and audits that a
comparison with the oracle does not need. `test_replay.py` holds both against each other.
"""

import json
from typing import Any

import duckdb

from orchestration.building.warehouse import prepare_home
from orchestration.home import Home
from orchestration.landing import land
from orchestration.landing.relations import quoted
from orchestration.landing.summary import LandingSummary
from tests.compiled import Project, Relation, run_dbt

AS_OF = "2222-02-02 02:02:02"
"""Stands in the compiled SQL where a build writes the instant that a person names."""


class Replay:
    """The compiled selects of the project; `run(home)` leaves the warehouse that dbt would."""

    def __init__(self, template: Home, manifest: Any) -> None:
        self.manifest = manifest
        self.template = template
        prepare_home(template)
        self._dbt(template, "compile", "--vars", json.dumps({"as_of": AS_OF}))
        self._dbt(template, "seed")
        self.relations = [
            one for one in Project(template).relations.values() if "." not in one.name
        ]

    def run(self, home: Home, as_of: str | None = None) -> LandingSummary:
        """Land what lies in the home's deliveries, then build every seed and model from nothing.

        `as_of` is a UTC instant such as "2026-06-30 00:00:00". No audit runs.
        """
        prepare_home(home)
        landing = land(home)
        self._dbt(home, "run-operation", "prepare_build")
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
                "insert into home.build values (true, 'replayed', '', false)",
            ):
                connection.execute(setting)
            for one in self.relations:
                connection.execute(f'create schema if not exists "{one.schema}"')
                connection.execute(_statement(one, as_of))
        return landing

    def _dbt(self, home: Home, *arguments: str) -> None:
        outcome = run_dbt(home, *arguments, manifest=self.manifest)
        assert outcome.success, f"dbt {arguments[0]} failed"


def _statement(one: Relation, as_of: str | None) -> str:
    if not one.sql:
        original = one.relation.replace('"warehouse"', "template", 1)
        return f"create table {one.relation} as select * from {original}"
    instant = f"'{as_of}'" if as_of else "null"
    sql = one.sql.replace(f"cast('{AS_OF}' as timestamp)", f"cast({instant} as timestamp)")
    kind = "table" if one.is_stored else "view"
    return f"create {kind} {one.relation} as {sql}"
