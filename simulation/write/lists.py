"""The centre's own lists and settings, as a person would have written them."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from orchestration.templates import SETTINGS as TEMPLATE
from simulation.calendars import EPOCH, HOUR, OPENING, Horizon, holidays_of
from simulation.centre import CHANNELS, ISSUE_GAP_SECONDS, ISSUES, QUEUES, REASONS, SITES, TEAMS
from simulation.write.targets import SINCE, targets

SETTINGS = """[home]
zone = "Europe/Paris"
site = "paris"
currency = "EUR"
languages = ["fr", "en"]
"""

Row = Sequence[Any]


def lists_of(horizon: Horizon) -> dict[str, tuple[Row, list[Row]]]:
    """Header and rows of each list, by list name."""
    return {
        "sites": (
            ("site_id", "site_name", "zone_name", "is_default"),
            [(s.site_id, s.site_name, s.zone_name, n == 0) for n, s in enumerate(SITES)],
        ),
        "teams": (
            ("team_id", "team_name", "site_id"),
            [(t.team_id, t.team_name, SITES[t.site].site_id) for t in TEAMS],
        ),
        "queues": (
            ("queue_id", "queue_name", "site_id", "channel_code", "calendar_code"),
            [
                (q.queue_id, q.queue_name, SITES[q.site].site_id, CHANNELS[q.channel],
                 q.calendar_code)
                for q in QUEUES
            ],
        ),
        "contact_reasons": reasons(),
        "kpi_targets": targets(),
        "opening_hours": opening_hours(),
        "holidays": holidays(horizon),
    }  # fmt: skip


def reasons() -> tuple[Row, list[Row]]:
    """Issue reasons (of themselves) and the reasons under them."""
    rows: list[Row] = [
        (code, code, french, english, False, False, False, ISSUE_GAP_SECONDS)
        for code, (french, english) in ISSUES.items()
    ]
    rows += [
        (r.reason_code, r.issue_reason_code, r.reason_name_fr, r.reason_name_en,
         r.is_selfcare_eligible, r.is_promotion_eligible, r.is_sale_eligible, ISSUE_GAP_SECONDS)
        for r in REASONS
    ]  # fmt: skip
    return (
        "reason_code", "issue_reason_code", "reason_name_fr", "reason_name_en",
        "is_selfcare_eligible", "is_promotion_eligible", "is_sale_eligible", "issue_gap_seconds",
    ), rows  # fmt: skip


def opening_hours() -> tuple[Row, list[Row]]:
    """One row per calendar and open weekday (1 is Monday)."""
    rows: list[Row] = []
    for code, (site, week, saturday) in OPENING.items():
        for number, hours in enumerate([week] * 5 + [saturday], start=1):
            if hours:
                rows.append((code, number, hours[0] * HOUR, hours[1] * HOUR, SINCE,
                             SITES[site].zone_name))  # fmt: skip
    return (
        "calendar_code", "weekday_number", "opens_seconds", "closes_seconds", "valid_from_date",
        "zone_name",
    ), rows  # fmt: skip


def holidays(horizon: Horizon) -> tuple[Row, list[Row]]:
    """One row per calendar and holiday in the simulated weeks and shortly after."""
    first = EPOCH + timedelta(days=horizon.first_day)
    last = EPOCH + timedelta(days=int(horizon.local_day.max()))
    rows: list[Row] = [
        (code, day.isoformat())
        for code, (site, _, _) in OPENING.items()
        for day in holidays_of(site, first, last)
    ]
    return ("calendar_code", "holiday_date"), rows


def as_text(value: Any) -> str:
    """A value as a list holds it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def write_lists(folder: Path, settings_file: Path, horizon: Horizon) -> None:
    """Write the lists and the settings that are not there yet; never one that says something."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (header, rows) in lists_of(horizon).items():
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([as_text(value) for value in row] for row in rows)
        if not _holds_rows(folder / f"{name}.csv"):
            (folder / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8")
    if not settings_file.exists() or settings_file.read_text(encoding="utf-8") == TEMPLATE:
        settings_file.write_text(SETTINGS, encoding="utf-8")


def _holds_rows(path: Path) -> bool:
    """Whether a list says something: a header alone is a template that nobody has filled in."""
    if not path.exists():
        return False
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(any(field.strip() for field in row) for row in csv.reader(file)) > 1
