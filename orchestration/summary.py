"""What a person reads at the end of a command: plain words, figures with their uncertainty."""

from typing import Any

import duckdb
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from orchestration.building.lock import holder_text
from orchestration.delivered import print_conflicts, print_deliveries
from orchestration.home import Home
from orchestration.landing.summary import LandingSummary
from orchestration.publication.link import DATABASE, LINK
from orchestration.publication.summary import print_pointer, print_publication
from orchestration.publication.versions import current_version, read_manifest, versions
from orchestration.reasons import REASONS
from orchestration.run import RunOutcome

WAIT = "average_speed_of_answer_seconds"


def print_landing(console: Console, summary: LandingSummary) -> None:
    """What was accepted, rejected and repeated, and the first things wrong with it."""
    for line in summary.lines():
        console.print(escape(line), soft_wrap=True)


def print_run(console: Console, home: Home, outcome: RunOutcome) -> None:
    """The headline KPIs of the whole company, and what to try next."""
    if outcome.publication is None:
        console.print("[bold]Nothing is published:[/] no row was accepted so far.")
        folder = escape(str(home.deliveries))
        console.print(
            f"Put files into {folder}/<source>/<raw table>/ and run again.", soft_wrap=True
        )
        return
    print_publication(console, home, outcome.publication)
    print_conflicts(console, home)
    if (home.root / "truth.json").exists():
        console.print("[yellow]These are figures of a simulated centre.[/]")
    console.print()
    console.print(headline_table(home))
    database = home.published / LINK / DATABASE
    console.print("\nTry next")
    console.print("  telltale status                what came in, and what readers see")
    console.print("  make dev                       the same as a daily schedule, with its lineage")
    console.print(f"  {escape(str(database))}", soft_wrap=True)
    console.print(
        "                                 open it with any BI tool; start with kpi_values"
    )


def headline_table(home: Home) -> Table:
    """Company values over everything delivered, with 95 % intervals."""
    rows, first, last = _headlines(home)
    table = Table(title=f"{first} to {last}", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("KPI, whole company", no_wrap=True)
    table.add_column("value", justify="right")
    table.add_column("95 % interval", justify="right")
    table.add_column("events", justify="right")
    for row in rows:
        name, unit = row["kpi_name_en"], row["unit_code"]
        if row["value"] is None:
            why = (
                "fewer than 5 answers"
                if row["suppression_code"]
                else REASONS.get(row["reason_code"], "")
            )
            table.add_row(name, "-", why, _count(row["event_count"]), style="dim")
            continue
        interval = "too few events"
        if row["low"] is not None:
            interval = f"{_figure(row['low'], unit)} to {_figure(row['high'], unit)}"
        table.add_row(name, _figure(row["value"], unit), interval, _count(row["event_count"]))
    return table


def print_status(console: Console, home: Home, is_by_file: bool = False) -> None:
    """Deliveries by table or by file, the current version and who holds the home."""
    current = current_version(home)
    console.print(f"Home      {escape(str(home.root))}")
    if current is None:
        console.print("Published nothing yet; `telltale run` lands, builds and publishes.")
    else:
        manifest = read_manifest(home.published / current)
        console.print(
            f"Published {current} at {manifest['published_at']}, as of {manifest['as_of']} "
            f"({len(versions(home))} versions kept)"
        )
        print_pointer(console, home)
    holder = holder_text(home)
    console.print(f"Held by   {escape(holder) if holder else 'nobody'}")
    print_deliveries(console, home, is_by_file)


def _headlines(home: Home) -> tuple[list[dict[str, Any]], str, str]:
    version = current_version(home)
    with duckdb.connect(
        str(home.published / f"{version}" / "marts.duckdb"), read_only=True
    ) as connection:
        found = connection.execute(
            """
            select kpis.kpi_name_en, kpis.kpi_code, kpis.unit_code, figures.*
            from kpi_values as figures
            inner join dim_kpis as kpis on figures.kpi_id = kpis.kpi_id
            where kpis.is_headline and period_code = 'all' and scope_code in ('company', 'channel')
            order by kpis.kpi_id, figures.denominator desc, figures.scope_id
            """
        )
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        span = connection.execute(
            "select min(entered_date), max(entered_date) from agg_transactional_daily"
        ).fetchone()
    ordered = sorted(_spoken(rows), key=lambda row: (row["kpi_code"][0], int(row["kpi_code"][1:])))
    return ordered, str(span[0]) if span else "", str(span[1]) if span else ""


def _spoken(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The company's rows; the speed of answer by channel, where there are several.

    A mail that waits a night and a call that waits ten seconds have no average worth showing.
    """
    waits = [r for r in rows if r["kpi_id"] == WAIT and r["scope_code"] == "channel"]
    spoken = [
        r for r in rows if r["scope_code"] == "company" and (r["kpi_id"] != WAIT or len(waits) < 2)
    ]
    if len(waits) > 1:
        spoken += [r | {"kpi_name_en": f"{r['kpi_name_en']}, {r['scope_id']}"} for r in waits]
    return spoken


def _figure(value: float, unit: str) -> str:
    if unit == "share":
        return f"{100 * value:.2f} %"
    if unit == "seconds":
        return f"{value:.1f} s" if value < 7200 else f"{value / 3600:.1f} h"
    return f"{value:.1f}"


def _count(value: int | None) -> str:
    return "" if value is None else f"{value:,}"
