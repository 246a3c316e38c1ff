"""A BI reader as a process of its own, by any driver: needs nothing but the package `duckdb`.

    python reader.py <marts.duckdb> <reopen or hold> <seen file> <stop file>

Reads until the stop file lies there, then prints what it saw as JSON. `reopen` opens the file
for every question, as a tool that is asked now and then; `hold` opens it once, as one that stays
connected.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import duckdb

QUESTION = """
select 'kpi_values' as relation, min(figure_number), max(figure_number) from kpi_values
union all
select 'dim_kpis', min(figure_number), max(figure_number) from dim_kpis
union all
select 'kpi_days', min(figure_number), max(word_number) from kpi_days
"""


def read(connection: Any, found: dict[str, Any]) -> set[int]:
    """One look at all relations; a mix is more than one number."""
    rows = connection.execute(QUESTION).fetchall()
    numbers = {number for _, *ends in rows for number in ends}
    found["reads"] += 1
    found["mixes"] += len(numbers) != 1
    found["numbers"] = sorted({*found["numbers"], *numbers})
    return numbers


def main(database: str, habit: str, seen: Path, stop: Path) -> dict[str, Any]:
    """Read until told to stop."""
    found: dict[str, Any] = {"driver": duckdb.__version__, "reads": 0, "mixes": 0, "numbers": []}
    found["errors"] = []
    held = duckdb.connect(database, read_only=True) if habit == "hold" else None
    while not stop.exists():
        try:
            connection = held or duckdb.connect(database, read_only=True)
            numbers = read(connection, found)
            if held is None:
                connection.close()
            seen.write_text(" ".join(map(str, sorted(numbers))))
        except Exception as error:  # each one is counted and shown
            found["errors"].append(f"{type(error).__name__}: {error}")
        time.sleep(0.01)
    return found


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))))
