"""The content hash of a mart: equal rows give equal hashes, in any order, on any engine."""

import duckdb


def row_text(columns: list[tuple[str, str]]) -> str:
    """SQL expression: the canonical text of a row as a JSON list of texts and nulls.

    Doubles keep ten significant digits, so that the last bits of an engine's arithmetic do
    not count; every other type has one exact text.
    """
    texts = [
        f"printf('%.9e', {_quoted(name)} + 0.0)"
        if kind in ("DOUBLE", "FLOAT")
        else f"cast({_quoted(name)} as varchar)"
        for name, kind in columns
    ]
    return f"cast(to_json([{', '.join(texts)}]) as varchar)"


def content_hash(connection: duckdb.DuckDBPyConnection, relation: str) -> tuple[int, str]:
    """Rows of a relation and the hash of their multiset, 16 hexadecimal digits.

    The hash is the sum, modulo 2^64, of the lower halves of the rows' MD5 sums; a sum does not
    depend on the order of its terms, so parts of a mart may be hashed apart and added.
    """
    columns = relation_columns(connection, relation)
    found = connection.execute(
        "select count(*), coalesce(sum(cast(md5_number_lower(row_text) as hugeint)), 0) "
        f"from (select {row_text(columns)} as row_text from {relation})"
    ).fetchone()
    assert found is not None
    return int(found[0]), f"{int(found[1]) % 2**64:016x}"


def added_hashes(hashes: list[str]) -> str:
    """Content hash of the union of disjoint parts, from the hashes of the parts."""
    return f"{sum(int(part, 16) for part in hashes) % 2**64:016x}"


def relation_columns(connection: duckdb.DuckDBPyConnection, relation: str) -> list[tuple[str, str]]:
    """Names and types of a relation's columns, in order."""
    described = connection.execute(f"describe select * from {relation}").fetchall()
    return [(name, kind) for name, kind, *_ in described]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
