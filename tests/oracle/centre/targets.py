"""Which row of the centre's targets is in force."""

from datetime import date
from typing import Any

from tests.oracle.centre.centre import Centre, Row


def dated(row: Row) -> date:
    """Return the first local day of a row, the earliest one where it is empty."""
    return row["valid_from_date"] or date.min


def in_force(
    centre: Centre, kpi_id: str, column: str, day: date, members: list[tuple[str, str]]
) -> Any:
    """Return the first known value of a column over (scope, member), latest first day first.

    Rows of a reason or a priority are not asked. None where no row says it.
    """
    row = row_in_force(centre, kpi_id, column, day, members)
    return None if row is None else row[column]


def row_in_force(
    centre: Centre, kpi_id: str, column: str, day: date, members: list[tuple[str, str]]
) -> Row | None:
    """Return the row that says it, None where none does."""
    for scope, member in members:
        rows = [
            row
            for row in centre.targets
            if row["kpi_id"] == kpi_id
            and row[column] is not None
            and row["reason_code"] is None
            and row["priority_code"] is None
            and _is_member(row, scope, member)
            and dated(row) <= day
        ]
        if rows:
            return max(rows, key=dated)
    return None


def resolution_target(
    centre: Centre,
    day: date,
    reasons: tuple[str | None, str | None],
    priority: str | None,
    members: list[tuple[str, str]],
) -> Row | None:
    """Return the target row of a resolution that holds on the day of its start, None without one.

    `reasons` are the declared and the level-2 one. A row that names the reason goes before one
    that does not, then one that names the priority, then the closer scope, then the later date.
    """
    ranked: list[tuple[tuple[Any, ...], Row]] = []
    for row in centre.targets:
        if row["kpi_id"] != "resolution_in_target_rate" or row["threshold_seconds"] is None:
            continue
        named = [reason for reason in reasons if reason is not None]
        if row["reason_code"] is not None and row["reason_code"] not in named:
            continue
        if row["priority_code"] not in (None, priority) or dated(row) > day:
            continue
        for closeness, (scope, member) in enumerate(reversed(members)):
            if _is_member(row, scope, member):
                exact = 0 if row["reason_code"] is None else 1 + (row["reason_code"] == reasons[0])
                has_priority = row["priority_code"] is not None
                ranked.append(((exact, has_priority, closeness, dated(row)), row))
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _is_member(row: Row, scope: str, member: str) -> bool:
    if scope == "company":
        return row["scope_code"] in (None, "company")
    return row["scope_code"] == scope and row["scope_id"] == member
