"""A built warehouse copied into memory, where a model may go wrong and come back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import duckdb

from orchestration.home import Home
from tests.compiled import Project, Relation
from tests.mutation.sessions import limited, session
from tests.mutation.slices import SLICED, changed_slices, sliced_sql

Fingerprint = tuple[int, int | None]
Types = tuple[tuple[str, str], ...]


class Copy:
    """All relations of one home as tables in memory, built anew from the compiled SQL.

    Those of `kept` that exist are there a second time, for comparison: `unmutated(name)`. Raises
    ValueError where a copy is not what dbt built: it would judge wrongly.
    """

    def __init__(self, home: Home, kept: Iterable[str] = SLICED) -> None:
        self.project = Project(home)
        self.connection = session()
        self._run("attach ':memory:' as warehouse")
        file = str(home.warehouse).replace("'", "''")
        self._run(f"attach '{file}' as built (read_only)")
        self._run("use warehouse")
        differing = []
        for one in self.project.relations.values():
            self._run(f'create schema if not exists "{one.schema}"')
            self._run(f"create table {one.relation} as {one.sql or self._original(one)}")
            if one.name.endswith(".built_deliveries"):
                # As before the build that is repeated here: it knew of no delivery.
                self._run(f"delete from {one.relation}")
            if one.is_stored and self.fingerprint(one.relation) != self._built(one):
                differing.append(one.name)
        self._run("detach built")
        if differing:
            raise ValueError(f"built anew, these differ from dbt's: {', '.join(differing)}")
        self.fingerprints = {
            one.name: self.fingerprint(one.relation) for one in self.project.relations.values()
        }
        self.types = {one.name: self._types(one) for one in self.project.relations.values()}
        self._run("create schema unmutated")
        for name in self.project.relations.keys() & set(kept):
            relation = self.project.relations[name].relation
            self._run(f"create table {self.unmutated(name)} as select * from {relation}")
        self._prove_slices()

    def rebuild(self, name: str, sql: str = "", others: Iterable[str] = ()) -> bool:
        """Build a model anew, from `sql` if given; whether its rows or types are others now.

        `others` are relations that differ. Raises duckdb.Error if the select fails, or gives types
        that the contract refuses.
        """
        one = self.project.relations[name]
        with limited(self.connection):
            sql = sql or self._shortened(one, set(others)) or one.sql
            self._run(f"create or replace table {one.relation} as {sql}")
            types = self._types(one)
            if one.is_promised and types != self.types[name]:
                raise duckdb.BinderException(f"{name}: the contract promises other types")
            return types != self.types[name] or (
                self.fingerprint(one.relation) != self.fingerprints[name]
            )

    def _shortened(self, one: Relation, others: set[str]) -> str:
        """SQL that builds only the parts that changed; empty where all may have."""
        column, read = SLICED.get(one.name), sorted(others.intersection(one.parents))
        if column is None or not read or any(SLICED.get(name) != column for name in read):
            return ""
        parents = [self.project.relations[name] for name in read]
        slices: set[str] = set()
        for parent in parents:
            kept = self.unmutated(parent.name)
            slices |= changed_slices(self.connection, column, parent.relation, kept)
        return sliced_sql(one, column, parents, slices, self.unmutated(one.name))

    def _prove_slices(self) -> None:
        """Build each sliced model from one part of its parents and the rest of what it was."""
        for name in self.project.relations.keys() & SLICED.keys():
            one, column = self.project.relations[name], SLICED[name]
            parents = [p for p in one.parents if SLICED.get(p) == column]
            keys = self.connection.execute(f"select min({column}) from {one.relation}").fetchall()
            if parents and keys[0][0] is not None:
                read = [self.project.relations[parent] for parent in parents]
                sql = sliced_sql(one, column, read, {keys[0][0]}, self.unmutated(name))
                if self.fingerprint(f"({sql})") != self.fingerprints[name]:
                    raise ValueError(f"{name}: its parts by {column} read each other")

    def unmutated(self, name: str) -> str:
        """The relation that holds a kept model as the project builds it."""
        return f'unmutated."{name}"'

    def failures(self, sql: str) -> int:
        """How many rows a query gives."""
        with limited(self.connection):
            return self.connection.execute(f"select count(*) from ({sql}\n)").fetchall()[0][0]

    @contextmanager
    def scratch(self) -> Iterator[None]:
        """What is rebuilt inside is as before at the end."""
        self._run("begin")
        try:
            yield
        finally:
            self._run("rollback")

    def fingerprint(self, relation: str) -> Fingerprint:
        """Rows and a sum of their hashes: the same for the same rows in any order."""
        query = f"select count(*), sum(hash(one)) from {relation} as one"
        return self.connection.execute(query).fetchall()[0]

    def _built(self, one: Relation) -> Fingerprint:
        return self.fingerprint(one.relation.replace('"warehouse"', "built", 1))

    def _original(self, one: Relation) -> str:
        return "select * from " + one.relation.replace('"warehouse"', "built", 1)

    def _types(self, one: Relation) -> Types:
        rows = self.connection.execute(f"describe {one.relation}").fetchall()
        return tuple((row[0], row[1]) for row in rows)

    def _run(self, sql: str) -> None:
        self.connection.execute(sql)
