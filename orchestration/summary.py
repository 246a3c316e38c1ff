"""What a person reads at the end of a command: plain words, figures with their uncertainty."""

from rich.console import Console
from rich.markup import escape

from orchestration.building.lock import holder_text
from orchestration.delivered import print_conflicts, print_deliveries
from orchestration.headline import headline
from orchestration.home import Home
from orchestration.landing.summary import LandingSummary
from orchestration.publication.link import DATABASE, LINK
from orchestration.publication.summary import print_pointer, print_publication
from orchestration.publication.versions import current_version, read_manifest, versions
from orchestration.run import RunOutcome


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
    console.print(headline(home))
    database = home.published / LINK / DATABASE
    console.print("\nTry next")
    console.print("  telltale status                what came in, and what readers see")
    console.print("  make dev                       the same as a daily schedule, with its lineage")
    console.print(f"  {escape(str(database))}", soft_wrap=True)
    console.print(
        "                                 open it with any BI tool; start with kpi_values"
    )


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
