"""A project of three models as dbt leaves it after a build, small enough to know every figure."""

import json
from pathlib import Path
from typing import Any

import duckdb

from orchestration.home import Home

FACT = """with

calls as (
    select * from "warehouse"."words"."calls"
)

select call_id, seconds
from calls
where seconds >= 10 and seconds < 100 and is_call
"""
VALUES = """select
    'answer_rate' as kpi_id,
    'all' as period_code,
    date '2026-01-01' as period_start_date,
    'company' as scope_code,
    'company' as scope_id,
    cast(null as varchar) as reason_code,
    cast(null as varchar) as suppression_code,
    cast(null as boolean) as is_change_real,
    1 as definition_number,
    count(*) as event_count,
    count(*) as denominator,
    cast(sum(seconds) as double) / count(*) as value,
    cast(null as double) as low,
    cast(null as double) as high,
    cast(null as double) as previous_value,
    cast(sum(seconds) as bigint) as numerator,
    cast(null as double) as squares,
    cast(null as double) as input_share,
    cast(null as double) as change_p_value
from "warehouse"."marts"."fct_calls"
"""
UNWATCHED = """select call_id, seconds * 2 as seconds from "warehouse"."marts"."fct_calls"
"""
TEST = """select call_id from "warehouse"."marts"."fct_calls" where seconds > 200"""
UNIT_TEST = """with

__dbt__cte__calls as (
    select 'short' as call_id, 10 as seconds, true as is_call
    union all
    select 'long' as call_id, 50 as seconds, true as is_call
), calls as (
    select * from __dbt__cte__calls
)

select call_id, seconds
from calls
where seconds >= 10 and seconds < 100 and is_call
"""
CALLS = """select * from (values
    ('a', 20, true), ('b', 30, true), ('c', 120, true), ('d', 999, true), ('e', 25, false)
) as calls(call_id, seconds, is_call)"""


def built_home(root: Path, fact: str = FACT) -> Home:
    """A home with the built warehouse and dbt's files; `fact` is what dbt says it compiled."""
    home = Home.at(root)
    models = {"fct_calls": FACT, "kpi_values": VALUES, "rpt_calls": UNWATCHED}
    with duckdb.connect(str(home.root / "warehouse.duckdb")) as connection:
        connection.execute("create schema words; create schema marts")
        connection.execute(f"create table words.calls as {CALLS}")
        for name, sql in models.items():
            connection.execute(f"create table marts.{name} as {sql}")
    parents = {"fct_calls": ["seed.small.calls"]}
    nodes = {"seed.small.calls": _node("calls", "seed", "words", "calls.csv", [])}
    for name, sql in {**models, "fct_calls": fact}.items():
        path = f"marts/transactional/{name}.sql"
        read = parents.get(name, ["model.small.fct_calls"])
        nodes[f"model.small.{name}"] = _node(name, "model", "marts", path, read)
        _write(home, f"models/{path}", sql)
    nodes["test.small.no_endless_call"] = _node(
        "no_endless_call", "test", "marts", "no_endless_call.sql", ["model.small.fct_calls"]
    )
    _write(home, "models/no_endless_call.sql", TEST)
    _write(home, "models/fct_calls.yml/models/a_short_call_counts.sql", UNIT_TEST)
    unit = {
        "name": "a_short_call_counts",
        "model": "fct_calls",
        "package_name": "small",
        "original_file_path": "models/fct_calls.yml",
        "expect": {"rows": [{"call_id": "short"}, {"call_id": "long"}]},
    }
    manifest = {"nodes": nodes, "sources": {}, "unit_tests": {"unit_test.small.one": unit}}
    (home.state / "target" / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return home


def _node(name: str, kind: str, schema: str, path: str, parents: list[str]) -> dict[str, Any]:
    return {
        "name": name,
        "resource_type": kind,
        "package_name": "small",
        "schema": schema,
        "path": path,
        "original_file_path": f"models/{path}",
        "relation_name": f'"warehouse"."{schema}"."{name}"',
        "depends_on": {"nodes": parents},
        "config": {"materialized": "table", "severity": "ERROR", "meta": {}},
        "contract": {"enforced": name == "fct_calls"},
    }


def _write(home: Home, path: str, text: str) -> None:
    file = home.state / "target" / "compiled" / "small" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
