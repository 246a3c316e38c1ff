"""One simulated centre for all tests of this folder."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.home import Home
from simulation import simulate

CONTACTS, WEEKS, SEED = 20_000, 8, 7


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home.at(tmp_path_factory.mktemp("centre"))
    simulate(home, CONTACTS, WEEKS, SEED)
    return home


@pytest.fixture(scope="session")
def truth(centre: Home) -> dict[str, Any]:
    return json.loads((centre.root / "truth.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def rows(centre: Home) -> duckdb.DuckDBPyConnection:
    """Views of every raw table as delivered, and `<table>_current` with the last versions."""
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    keys = {
        "contact_legs": "contact_id, leg_number",
        "survey_invitations": "invitation_id",
        "survey_answers": "response_id, question_code",
        "selfcare_sessions": "session_id",
        "agent_days": "agent_id, work_date",
        "sales": "sale_id",
        "tickets": "ticket_id",
        "ticket_changes": "ticket_id, changed_at",
        "control_totals": "checked_source_code, queue_id, measured_date, measure_code",
    }
    for table, key in keys.items():
        files = centre.deliveries / "standard" / table / "*.parquet"
        connection.execute(
            f"create view {table} as select * from read_parquet('{files}', filename = true)"
        )
        connection.execute(
            f"create table {table}_current as select * exclude (filename) from {table} qualify "
            f"row_number() over (partition by {key} order by updated_at desc) = 1"
        )
    lists = {path.stem: path for path in centre.lists.glob("*.csv")}
    lists["agents"] = Path(centre.deliveries / "standard" / "agents" / "agents.csv")
    for name, path in lists.items():
        connection.execute(f"create table {name} as select * from read_csv('{path}')")
    return connection
