"""Every table as weekly files: current rows, older versions, copies, and how many of each."""

from pathlib import Path
from typing import Any

import numpy as np

from simulation.calendars import Horizon
from simulation.centre import Columns
from simulation.draw.visits import stacked
from simulation.transactions import Drawn
from simulation.write.files import write_weeks
from simulation.write.tables import answers_table, invitations_table, legs_table
from simulation.write.transaction_tables import TABLES
from simulation.write.versions import copy_rows


def delivery_counts(written: Columns, current: Any, older: Any | None) -> dict[str, int]:
    """How many rows were written, and what they are."""
    versions = 0 if older is None else len(older)
    return {
        "written_rows_count": len(written["file"]),
        "current_rows_count": len(current),
        "older_versions_count": versions,
        "copies_count": len(written["file"]) - len(current) - versions,
    }


def write_transactions(
    folder: Path, rng: np.random.Generator, horizon: Horizon, drawn: Drawn
) -> dict[str, dict[str, int]]:
    """Write the weekly files of the other transactional tables; returns what was written."""
    counts: dict[str, dict[str, int]] = {}
    for name, (current, older) in drawn.items():
        key, as_table = TABLES[name]
        written = copy_rows(rng, horizon, stacked([current, older]) if older else current)
        write_weeks(folder / name, horizon, written, key, as_table)
        before = older["updated"] if older else None
        counts[name] = delivery_counts(written, current["updated"], before)
    return counts


def write_tables(
    folder: Path, horizon: Horizon, written: dict[str, Columns], contacts: Columns,
    invitations: Columns,
) -> None:  # fmt: skip
    """Write the weekly files of all three tables."""
    for name, key, as_table in (
        ("contact_legs", "contact", lambda rows: legs_table(rows, contacts)),
        ("survey_invitations", "contact", invitations_table),
        ("survey_answers", "invitation", lambda rows: answers_table(rows, invitations)),
    ):
        write_weeks(folder / name, horizon, written[name], key, as_table)
