"""The dbt unit tests of one model, ready to be run on a mutant without dbt."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import duckdb

from tests.mutation.mutants import mutants
from tests.mutation.sessions import limited, session
from tests.mutation.words import Statement

PREFIX = "__dbt__cte__"


class UnitTest:
    """Fixtures of one unit test as tables of a schema of their own.

    A unit test that passes says what the unmutated select gives for its columns: that is what a
    mutant is compared with. dbt's compiled SQL holds the fixtures, then the model.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, schema: str, test: dict[str, Any], sql: str
    ) -> None:
        self.name: str = test["name"]
        self.connection, self.schema = connection, schema
        self.connection.execute(f"create schema {schema}")
        fixtures, self.body = _divided(sql)
        for name, query in fixtures.items():
            self.connection.execute(f"create table {schema}.{name} as {query}")
        rows = test["expect"]["rows"]
        is_listed = isinstance(rows, list) and bool(rows)
        self.columns = ", ".join(f'"{column}"' for column in rows[0]) if is_listed else "*"
        self.bodies: Mapping[str, str] = {
            one.name: one.sql for one in mutants(self.name, self.body, None)
        }
        self.expected = self._rows(self.body)

    def notices(self, mutant: str) -> bool | None:
        """Whether the unit test fails on a mutant; None if its SQL has no such mutant.

        Raises duckdb.Error if the mutant's select fails.
        """
        body = self.bodies.get(mutant)
        return None if body is None else self._rows(body) != self.expected

    def _rows(self, body: str) -> Counter[str]:
        self.connection.execute(f"use memory.{self.schema}")
        with limited(self.connection):
            query = f"select {self.columns} from ({body}\n) as actual"
            return Counter(map(repr, self.connection.execute(query).fetchall()))


def unit_tests(found: list[tuple[dict[str, Any], str]]) -> list[UnitTest]:
    """Unit tests of one model from their definitions and compiled SQL."""
    connection = session()
    return [
        UnitTest(connection, f"unit_{number}", test, sql)
        for number, (test, sql) in enumerate(found)
    ]


def _divided(sql: str) -> tuple[dict[str, str], str]:
    """Queries of the fixtures by name, and the model's own select."""
    select, fixtures, index = Statement(sql), dict[str, str](), 1
    while index < len(select) and select.words[index].text.startswith(PREFIX):
        opening = index + 2
        closing = select.close(opening)
        fixtures[select.words[index].text] = select.source(opening + 1, closing)
        index = closing + 1
        if select.kind(index) != ",":
            return fixtures, select.source(index, len(select))
        index += 1
    return fixtures, f"with {select.source(index, len(select))}" if fixtures else sql
