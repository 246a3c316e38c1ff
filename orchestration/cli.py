"""The command `telltale`: a thin caller of landing, building and publication."""

import atexit
import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from orchestration.errors import TelltaleError
from orchestration.home import Home

console = Console(highlight=False)


def home_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--home`, and turn a TelltaleError into plain words and exit code 1."""

    @click.option(
        "--home",
        "home_path",
        type=click.Path(path_type=Path),
        help="The centre's folder. Default: TELLTALE_HOME, else var/.",
    )
    @functools.wraps(command)
    def wrapped(home_path: Path | None, **options: Any) -> Any:
        try:
            return command(home=Home.at(home_path), **options)
        except TelltaleError as error:
            console.print(f"[bold red]error[/] {escape(str(error))}", soft_wrap=True)
            sys.exit(1)

    return wrapped


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """telltale: customer-service quality from raw files to honest KPIs.

    \b
    telltale simulate    make a centre with known truths
    telltale run         land, build, audit and publish what lies in deliveries/
    """


@main.command()
@home_option
@click.option("--contacts", default=20_000, show_default=True, help="Contacts over all weeks.")
@click.option("--weeks", default=13, show_default=True, help="Weeks, ending on 2026-06-28.")
@click.option("--seed", default=1, show_default=True, help="Another seed is another centre.")
def simulate(home: Home, contacts: int, weeks: int, seed: int) -> None:
    """Write the deliveries and lists of a made-up centre, and what is true of it."""
    from simulation import simulate as simulate_centre

    with _steps("simulate") as say:
        truth = simulate_centre(home, contacts, weeks, seed, on_progress=say)
    console.print(f"Simulated {contacts:,} contacts over {weeks} weeks. Its truths: {escape(str(truth))}")


@main.command()
@home_option
def land(home: Home) -> None:
    """Take in new deliveries: every row accepted, rejected with a reason, or a duplicate."""
    from orchestration.run import has_refusals, land_step
    from orchestration.summary import print_landing

    with _steps("land") as say:
        summary = land_step(home, say)
    print_landing(console, summary)
    if has_refusals(summary) and not summary.accepted_count:
        sys.exit(1)


@main.command()
@home_option
@click.option("--as-of", help="UTC instant at which open windows are judged.")
@click.option("--full", is_flag=True, help="Build everything anew.")
def build(home: Home, as_of: str | None, full: bool) -> None:
    """Build the private warehouse and audit it; publish nothing."""
    from orchestration.run import build_step

    with _steps("build") as say:
        summary = build_step(home, say, as_of=as_of, full=full)
    _print_build(summary)


@main.command()
@home_option
@click.option("--again", is_flag=True, help="Write a new version even if nothing changed.")
def publish(home: Home, again: bool) -> None:
    """Let readers see what was built and audited."""
    from orchestration.run import publish_step
    from orchestration.summary import print_publication

    with _steps("publish") as say:
        publication = publish_step(home, say, again=again)
    print_publication(console, home, publication)


@main.command()
@home_option
@click.option("--as-of", help="UTC instant at which open windows are judged.")
@click.option("--full", is_flag=True, help="Build everything anew.")
def run(home: Home, as_of: str | None, full: bool) -> None:
    """Land, build, audit and publish, then show the headline KPIs."""
    from orchestration.run import run_all
    from orchestration.summary import print_landing, print_run

    with _steps("run") as say:
        outcome = run_all(home, say, as_of=as_of, full=full)
    print_landing(console, outcome.landing)
    if outcome.build:
        _print_build(outcome.build)
    print_run(console, home, outcome)
    sys.exit(0 if outcome.is_complete else 1)


@main.command()
@home_option
def status(home: Home) -> None:
    """What was delivered, what readers see, and who holds the home."""
    from orchestration.summary import print_status

    print_status(console, home)


@main.command()
@home_option
@click.argument("delivery")
def withdraw(home: Home, delivery: str) -> None:
    """Let every later build ignore DELIVERY: a delivery id, its beginning, or a file name."""
    from orchestration.run import withdraw_step

    record = withdraw_step(home, delivery)
    console.print(
        f"Withdrew {escape(record.file_name)} ({record.delivery_id[:12]}). "
        "The next `telltale run` builds and publishes without it."
    )


@main.command()
@home_option
@click.argument("version", required=False)
def verify(home: Home, version: str | None) -> None:
    """Check every byte of the current version, or of VERSION, against its manifest."""
    from orchestration.publication.versions import current_version
    from orchestration.publication.versions import verify as verify_version

    checked = verify_version(home, version)
    console.print(f"{version or current_version(home)}: {checked} files are exactly as published.")


@main.command()
@home_option
@click.option("--port", default=3000, show_default=True)
def dev(home: Home, port: int) -> None:
    """Start Dagster for this home, on this machine only."""
    from orchestration.environment import start_dagster

    start_dagster(home, port)


def _print_build(summary: Any) -> None:
    kind = "full build" if summary.is_full else "incremental build"
    console.print(
        f"Built   {summary.passed_count} of {summary.node_count} models and audits passed in "
        f"{summary.seconds:.1f} s ({kind}: {escape(summary.why)})"
    )
    for warning in summary.warnings:
        console.print(f"  [yellow]warning[/] {escape(warning)}")


@contextmanager
def _steps(title: str) -> Iterator[Callable[[str], None]]:
    """A line of progress that shows what is going on and for how long; plain lines in a pipe."""
    if not console.is_terminal:
        yield lambda text: console.print(f"  {escape(text)}", style="dim")
        return
    with Progress(
        SpinnerColumn(),
        TextColumn(f"[bold]{title}[/]"),
        BarColumn(pulse_style="cyan", bar_width=20),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as progress:
        task = progress.add_task("", total=None)
        yield lambda text: progress.update(task, description=escape(text))


def entry() -> None:
    """The installed command.

    The process ends without tearing the interpreter down: DuckDB's bindings would report every
    object that dbt still holds, a page of noise after each run.
    """
    code = 0
    try:
        main()
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else int(bool(ending.code))
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    entry()
