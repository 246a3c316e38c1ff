"""Open a published file with the driver at hand and print what it holds; needs only `duckdb`.

python opening.py <marts.duckdb>
"""

import json
import sys
from typing import Any

import duckdb


def main(database: str) -> dict[str, Any]:
    """Driver, rows of every relation, sums of the views' figures, and a digest of all comments."""
    connection = duckdb.connect(database, read_only=True)

    def ask(query: str) -> list[tuple[Any, ...]]:
        return connection.execute(query).fetchall()

    comments = ask(
        "select table_name, comment from duckdb_tables() union all "
        "select view_name, comment from duckdb_views() where not internal union all "
        "select table_name || '.' || column_name, comment from duckdb_columns() where not internal"
    )
    names = sorted(name for name, _ in comments if "." not in name)
    return {
        "driver": duckdb.__version__,
        "rows": {name: len(ask(f"select * from {name}")) for name in names},
        "sums": {
            name: [round(one or 0, 6) for one in ask(f"select sum(value), sum(low) from {name}")[0]]
            for name in names
            if name in ("kpi_days", "kpi_weeks", "kpi_months")
        },
        "comments": sorted(f"{name}: {comment}" for name, comment in comments),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
