"""Wide tables whose parts do not read each other: only the parts that changed are built anew."""

from collections.abc import Iterable

import duckdb

from tests.compiled import Relation

SLICED = {"kpi_components": "kpi_id", "kpi_estimates": "kpi_id", "kpi_values": "kpi_id"}
"""By model the column of its parts; every copy proves it on a part before it is relied on."""


def changed_slices(
    connection: duckdb.DuckDBPyConnection, column: str, relation: str, unmutated: str
) -> set[str]:
    """Parts that hold other rows than before."""
    parts = [
        f"select {column}, count(*), sum(hash(one)) from {table} as one group by {column}"
        for table in (relation, unmutated)
    ]
    found, expected = (set(connection.execute(part).fetchall()) for part in parts)
    return {key for key, *_ in found ^ expected}


def sliced_sql(
    one: Relation, column: str, parents: Iterable[Relation], slices: set[str], unmutated: str
) -> str:
    """A model's select: the given parts from its parents as they are, the rest as it was.

    `parents` are those whose rows changed, in those parts only.
    """
    listed = ", ".join(f"'{key}'" for key in sorted(slices))
    sql = one.sql
    for parent in parents:
        sql = sql.replace(
            f"from {parent.relation}",
            f"from (select * from {parent.relation} where {column} in ({listed}))",
        )
    rest = f"select * from {unmutated} where {column} not in ({listed})"
    return f"select * from ({sql}\n) union all by name {rest}"
