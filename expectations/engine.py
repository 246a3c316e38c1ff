"""Great Expectations over one Parquet of typed candidates, in a DuckDB of its own.

Import this module freely: Great Expectations itself (8 seconds) is imported by `validate`.
"""

import logging
import os
import uuid
import warnings
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb

from expectations.suites import suite_module
from expectations.verdict import Finding, Verdict

CANDIDATES = "candidates"
KEYS = ["delivery_id", "line_number"]


@cache
def _great_expectations() -> Any:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import great_expectations as gx
        from duckdb_engine import Dialect
        from sqlalchemy.dialects import registry

    class Held(Dialect):
        """The engine's own rollback ends a result that is still being fetched: it does nothing."""

        supports_statement_cache = False
        do_begin = do_rollback = do_commit = lambda self, dbapi_connection: None  # type: ignore[assignment]

    globals()["Held"] = Held
    registry.register("duckdb_held", __name__, "Held")
    return gx


def validate(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    table: str,
    rows: str,
    scratch: Path,
) -> Verdict:
    """Judge all candidates of one raw table once.

    `rows` is an SQL relation over Parquet files of one table. Failing rows are kept as temporary
    tables of `connection` that the findings name. `scratch` is a folder for the engine's own
    database, which holds one view and no row.
    """
    module = suite_module(source, table)
    view = getattr(module, "view", lambda relation: f"select * from {relation}")(rows)
    connection.execute(f"create or replace temp view {CANDIDATES} as {view}")
    row_count = int((connection.execute(f"select count(*) from {rows}").fetchone() or (0,))[0])
    if module is None:
        return Verdict(source, table, row_count, ())
    results = _results(module, view, scratch)
    findings = [
        _finding(connection, number, result, row_count) for number, result in enumerate(results)
    ]
    return Verdict(source, table, row_count, tuple(findings))


def _results(module: ModuleType, view: str, scratch: Path) -> list[Any]:
    gx = _great_expectations()
    scratch.mkdir(parents=True, exist_ok=True)
    # A name of its own: the engine may hold an earlier file for as long as the process lives.
    database = scratch / f"expectations-{uuid.uuid4().hex}.duckdb"
    with duckdb.connect(str(database)) as own:
        own.execute(f"create view {CANDIDATES} as {view}")
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    try:
        data = context.data_sources.add_sql(
            name="landing",
            connection_string=f"duckdb_held:///{database}",
            create_temp_table=False,
        )
        asset = data.add_table_asset(name=CANDIDATES, table_name=CANDIDATES)
        batch = asset.add_batch_definition_whole_table("all")
        suite = gx.ExpectationSuite(name=module.__name__, expectations=module.suite())
        definition = gx.ValidationDefinition(
            name="door", data=batch, suite=context.suites.add(suite)
        )
        context.validation_definitions.add(definition)
        result = definition.run(
            result_format={
                "result_format": "BASIC",
                "unexpected_index_column_names": KEYS,
                "return_unexpected_index_query": True,
                "exclude_unexpected_values": True,
                "partial_unexpected_count": 0,
                "include_unexpected_rows": False,
            }
        )
    finally:
        for source in list(context.data_sources.all().values()):
            engine = source.get_execution_engine()
            engine.close()
        database.unlink(missing_ok=True)
    return list(result.results)


def _finding(
    connection: duckdb.DuckDBPyConnection, number: int, result: Any, row_count: int
) -> Finding:
    config, outcome = result.expectation_config, result.result or {}
    meta = config.meta or {}
    if result.exception_info and result.exception_info.get("raised_exception"):
        raise RuntimeError(f"{config.type}: {result.exception_info.get('exception_message')}")
    arguments = config.kwargs
    column = arguments.get("column") or arguments.get("column_A") or meta.get("column")
    failed_rows, failed_count = None, int(outcome.get("unexpected_count") or 0)
    query = outcome.get("unexpected_index_query")
    if failed_count and query and meta.get("on_failure") == "quarantine_row":
        failed_rows = f"failed_{number}"
        connection.execute(
            f"create or replace temp table {failed_rows} as "
            f"select distinct delivery_id, line_number from ({query.rstrip('; ')})"
        )
    return Finding(
        name=config.type,
        column=meta.get("column", column),
        on_failure=meta.get("on_failure", "report"),
        reason_code=meta.get("reason", "E_EXPECTATION"),
        expected_text=meta.get("expected", config.type.replace("_", " ")),
        severity=str(getattr(config.severity, "value", config.severity) or "critical"),
        is_met=bool(result.success),
        row_count=row_count,
        failed_count=failed_count,
        failed_rows=failed_rows,
    )
