"""A home whose warehouse was built, small enough to publish ten times in some seconds."""

import json
from pathlib import Path
from typing import Any

import duckdb

from orchestration.building.fingerprint import build_fingerprint
from orchestration.home import Home

ROWS = 5_000
VIEW = """with

figures as (
    select * from "warehouse"."marts"."kpi_values"
),

kpis as (
    select * from "warehouse"."marts"."dim_kpis"
)

select figures.kpi_id, figures.row_number, figures.figure_number, kpis.figure_number as word_number
from figures
inner join kpis on figures.kpi_id = kpis.kpi_id
"""


def node(name: str, audience: str, columns: str, **more: Any) -> dict[str, Any]:
    """One model as dbt's manifest describes it."""
    return {
        "resource_type": "model",
        "name": name,
        "schema": "marts",
        "alias": name,
        "relation_name": f'"warehouse"."marts"."{name}"',
        "description": f"One row per thing of {name}, the centre's own.",
        "columns": {
            column: {"name": column, "description": f"Column {column}\nof {name}."}
            for column in columns.split()
        },
        "config": {
            "materialized": "view" if "compiled_code" in more else "table",
            "meta": {"audience": audience, "period_column": more.pop("period_column", None)},
        },
        **more,
    }


NODES = [
    node("kpi_values", "public", "kpi_id row_number figure_number"),
    node("dim_kpis", "public", "kpi_id figure_number"),
    node(
        "kpi_days",
        "public",
        "kpi_id row_number figure_number word_number",
        compiled_code=VIEW,
    ),
    node("rpt_agents", "coaching", "figure_number"),
    node("fct_calls", "coaching", "entered_date figure_number", period_column="entered_date"),
]


def build_tiny(home: Home, number: int) -> None:
    """Make the private warehouse anew: every row of every mart carries `number`."""
    target = home.state / "target"
    target.mkdir(parents=True, exist_ok=True)
    manifest = {"nodes": {f"model.telltale.{one['name']}": one for one in NODES}}
    (target / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    home.warehouse.unlink(missing_ok=True)
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute(
            f"""
            create schema home; create schema marts; create schema intermediate;
            create table home.build as
            select '{build_fingerprint(home)}' as fingerprint_code, true as is_finished,
                true as is_full, 'tiny' as why_text;
            create table home.built_deliveries as
            select 'd{number}' as delivery_id, true as is_active, 'c' as contract_code;
            create table intermediate.int_as_of as select timestamp '2026-01-01' as as_of_at;
            create table marts.kpi_values as
            select 'answer_rate' as kpi_id, range as row_number, {number} as figure_number
            from range({ROWS});
            create table marts.dim_kpis as
            select 'answer_rate' as kpi_id, {number} as figure_number;
            create table marts.rpt_agents as select {number} as figure_number;
            create table marts.fct_calls as
            select date '2026-01-01' as entered_date, {number} as figure_number;
            """
        )
        connection.execute(f"create view marts.kpi_days as {VIEW}")


def shown_number(home: Home, root: Path | None = None) -> set[int]:
    """Every number that a reader of `current` finds in the public file: one, or they are mixed."""
    database = (root or home.published) / "current" / "marts.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        if root == home.coaching:
            rows = connection.execute("select figure_number from rpt_agents").fetchall()
        else:
            rows = connection.execute(
                "select distinct unnest([figure_number, word_number]) from kpi_days "
                "union select figure_number from kpi_values "
                "union select figure_number from dim_kpis"
            ).fetchall()
    return {number for (number,) in rows}
