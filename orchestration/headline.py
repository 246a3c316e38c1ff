"""The figures that a person sees first: what there is, and what would bring the rest."""

from itertools import groupby
from typing import Any

import duckdb
from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from orchestration.home import Home
from orchestration.publication.versions import current_version
from orchestration.reasons import REASONS, needed_text

WAIT = "average_speed_of_answer_seconds"
FEW = 4
"""With fewer headline figures than this the other KPIs that have one are shown too."""
DATED = (
    "agg_transactional_daily",
    "agg_followed_daily",
    "agg_tickets_daily",
    "agg_presence_daily",
)
"""Published sums by day: from the first day to the last something was delivered."""

Row = dict[str, Any]


def headline(home: Home) -> RenderableType:
    """Company values over everything delivered with 95 % intervals, then what is missing."""
    rows, span = _figures(home)
    shown = chosen(rows)
    parts: list[RenderableType] = []
    if shown:
        parts.append(_table(shown, span))
    else:
        parts.append(Text("No KPI has a figure yet: nothing that was delivered can tell one."))
    missing = missing_lines(rows)
    if missing:
        parts.append(Text("\nNot in this home yet, and what would bring it"))
        parts += [Text(f"  {line}") for line in missing]
    return Group(*parts)


def chosen(rows: list[Row]) -> list[Row]:
    """The rows to show: headline KPIs that the home can tell, or all figures if those are few.

    Rows come in the order of lists; the company's, and the speed of answer by channel where there
    are several: a mail that waits a night and a call that waits ten seconds have no average worth
    showing.
    """
    waits = [r for r in rows if r["kpi_id"] == WAIT and r["scope_code"] == "channel"]
    waits = [row for row in waits if row["event_count"]]
    spoken: list[Row] = []
    for row in rows:
        if row["scope_code"] != "company" or row["lacking_reason_code"]:
            continue
        if row["kpi_id"] == WAIT and len(waits) > 1:
            spoken += [r | {"kpi_name_en": f"{r['kpi_name_en']}, {r['scope_id']}"} for r in waits]
        else:
            spoken.append(row)
    headlines = [row for row in spoken if row["is_headline"]]
    figures = sum(row["value"] is not None for row in headlines)
    if figures >= FEW:
        return headlines
    return [row for row in spoken if row["value"] is not None or (row["is_headline"] and figures)]


def missing_lines(rows: list[Row]) -> list[str]:
    """One line per table or column that no delivery has: what it is called, and for which KPIs."""
    lacking = [
        row
        for row in rows
        if row["is_headline"] and row["lacking_reason_code"] and row["scope_code"] == "company"
    ]
    lacking.sort(key=lambda row: (row["lacking_text"], row["list_number"]))
    grouped = groupby(lacking, lambda row: (row["lacking_text"], row["lacking_reason_code"]))
    found = [
        (rows[0]["list_number"], needed_text(text, reason), [row["kpi_name_en"] for row in rows])
        for (text, reason), group in grouped
        for rows in [list(group)]
    ]
    return [f"{', '.join(names)}: {text}" for _, text, names in sorted(found)]


def _table(rows: list[Row], span: tuple[Any, Any] | None) -> Table:
    title = f"{span[0]} to {span[1]}" if span else None
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("KPI, whole company", no_wrap=True)
    for column in ("value", "95 % interval", "events"):
        table.add_column(column, justify="right")
    for row in rows:
        name, unit = escape(row["kpi_name_en"]), row["unit_code"]
        if row["value"] is None:
            why = REASONS.get(row["suppression_code"] or row["reason_code"], "")
            table.add_row(name, "-", why, _count(row["event_count"]), style="dim")
            continue
        interval = "too few events"
        if row["low"] is not None:
            interval = f"{_figure(row['low'], unit)} to {_figure(row['high'], unit)}"
        table.add_row(name, _figure(row["value"], unit), interval, _count(row["event_count"]))
    return table


def _figures(home: Home) -> tuple[list[Row], tuple[Any, Any] | None]:
    database = home.published / f"{current_version(home)}" / "marts.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(
            """
            select figures.*, kpis.* exclude (kpi_id, definition_number)
            from kpi_values as figures
            inner join dim_kpis as kpis on figures.kpi_id = kpis.kpi_id
            where period_code = 'all' and scope_code in ('company', 'channel')
            order by kpis.list_number, figures.denominator desc, figures.scope_id
            """
        )
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        dates = " union all ".join(f"select entered_date from {name}" for name in DATED)
        span = connection.execute(
            f"select min(entered_date), max(entered_date) from ({dates})"
        ).fetchone()
    return rows, (span[0], span[1]) if span and span[0] is not None else None


def _figure(value: float, unit: str) -> str:
    if unit == "share":
        return f"{100 * value:.2f} %"
    if unit == "seconds":
        return f"{value:.1f} s" if value < 7200 else f"{value / 3600:.1f} h"
    return f"{value:.1f}"


def _count(value: int | None) -> str:
    return "" if value is None else f"{value:,}"
