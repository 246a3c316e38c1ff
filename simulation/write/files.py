"""The delivered files: Parquet by table and week, and one csv file of agents."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.calendars import EPOCH, Horizon
from simulation.centre import SITES, TEAMS, Columns
from simulation.draw.staff import FOREVER, Staff
from simulation.draw.visits import chosen

CONTRACT_SECONDS = 35 * 3600
AGENT_COLUMNS = (
    "agent_id", "team_id", "site_id", "valid_from_date", "valid_to_date", "left_date",
    "weekly_contract_seconds", "updated_at",
)  # fmt: skip


def write_weeks(
    folder: Path, horizon: Horizon, rows: Columns, key: str, as_table: Callable[[Columns], pa.Table]
) -> None:
    """Write `<folder name>_<Monday>.parquet` per week that has rows, by `updated`, then `key`.

    Tables are made week by week, so that memory follows the week and not the centre.
    """
    order = np.lexsort((rows[key], rows["updated"], rows["file"]))
    bounds = np.searchsorted(rows["file"][order], np.arange(horizon.weeks + 1))
    folder.mkdir(parents=True, exist_ok=True)
    for week in range(horizon.weeks):
        own = order[bounds[week] : bounds[week + 1]]
        monday = EPOCH + timedelta(days=horizon.first_day + 7 * week)
        if len(own):
            path = folder / f"{folder.name}_{monday.isoformat()}.parquet"
            pq.write_table(as_table(chosen(rows, own)), path, compression="zstd")


def write_agents(folder: Path, horizon: Horizon, staff: Staff) -> int:
    """Write `agents.csv`: one line per assignment; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [",".join(AGENT_COLUMNS)]
    for agent in range(len(staff.pool)):
        lines += assignments(horizon, staff, agent)
    (folder / "agents.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines) - 1


def assignments(horizon: Horizon, staff: Staff, agent: int) -> list[str]:
    """The csv lines of one agent: one, or two for an agent who changed team."""
    hired, moved, left = (int(days[agent]) for days in (staff.hired, staff.moved, staff.left))
    spans = [(int(staff.team[agent]), hired, min(moved - 1, left))]
    if moved < FOREVER:
        spans.append((int(staff.next_team[agent]), moved, left))
    lines = []
    for team, first, last in spans:
        known = max(first, horizon.first_day)
        ends = "" if last >= FOREVER - 1 else day_text(last)
        leaves = "" if left == FOREVER else day_text(left)
        lines.append(",".join((
            f"agent_{agent + 1:04d}", TEAMS[team].team_id, SITES[TEAMS[team].site].site_id,
            day_text(first), ends, leaves, str(CONTRACT_SECONDS), f"{day_text(known)} 00:00:00",
        )))  # fmt: skip
    return lines


def day_text(day: int) -> str:
    """An ISO date of days since 1970-01-01."""
    return (EPOCH + timedelta(days=day)).isoformat()


def fingerprints(folder: Path) -> dict[str, str]:
    """sha256 of every file below a folder, by relative path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
