"""The command `telltale`: a thin caller of landing, building and publication."""

import sys

import click
from rich.markup import escape

from orchestration.home import Home
from orchestration.options import engine_option, home_option
from orchestration.terminal import console, end, exit_code, steps


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

    with steps("simulate") as say:
        truth = simulate_centre(home, contacts, weeks, seed, on_progress=say)
    console.print(
        f"Simulated {contacts:,} contacts over {weeks} weeks. Its truths: {escape(str(truth))}",
        soft_wrap=True,
    )


@main.command()
@home_option
def init(home: Home) -> None:
    """Write templates for a centre: settings.toml, and its lists with a header only."""
    from orchestration.templates import write_templates

    written = write_templates(home)
    for path in written:
        console.print(f"Wrote {escape(str(path))}", soft_wrap=True)
    if not written:
        console.print(f"Nothing to write: {escape(str(home.root))} has them all.", soft_wrap=True)


@main.command()
@home_option
def land(home: Home) -> None:
    """Take in new deliveries: every row accepted, rejected with a reason, or a duplicate."""
    from orchestration.run import has_refusals, land_step
    from orchestration.summary import print_landing

    with steps("land") as say:
        summary = land_step(home, say)
    print_landing(console, summary)
    if has_refusals(summary) and not summary.accepted_count:
        sys.exit(1)


@main.command()
@home_option
@engine_option
@click.option("--as-of", help="UTC instant at which open windows are judged.")
@click.option("--full", is_flag=True, help="Build everything anew.")
def build(home: Home, as_of: str | None, full: bool) -> None:
    """Build the private warehouse and audit it; publish nothing."""
    from orchestration.building.summary import print_build
    from orchestration.run import build_step

    with steps("build") as say:
        summary = build_step(home, say, as_of=as_of, full=full)
    print_build(console, summary)


@main.command()
@home_option
@engine_option
@click.option("--again", is_flag=True, help="Write a new version even if nothing changed.")
def publish(home: Home, again: bool) -> None:
    """Let readers see what was built and audited."""
    from orchestration.publication.summary import print_publication
    from orchestration.run import publish_step

    with steps("publish") as say:
        publication = publish_step(home, say, again=again)
    print_publication(console, home, publication)


@main.command()
@home_option
@engine_option
@click.option("--as-of", help="UTC instant at which open windows are judged.")
@click.option("--full", is_flag=True, help="Build everything anew.")
def run(home: Home, as_of: str | None, full: bool) -> None:
    """Land, build, audit and publish, then show the headline KPIs."""
    from orchestration.building.summary import print_build
    from orchestration.run import run_all
    from orchestration.summary import print_landing, print_run

    with steps("run") as say:
        outcome = run_all(home, say, as_of=as_of, full=full)
    print_landing(console, outcome.landing)
    if outcome.build:
        print_build(console, outcome.build)
    print_run(console, home, outcome)
    sys.exit(0 if outcome.is_complete else 1)


@main.command()
@home_option
@click.option("--files", "is_by_file", is_flag=True, help="List every file with its id.")
def status(home: Home, is_by_file: bool) -> None:
    """What was delivered, what readers see, and who holds the home."""
    from orchestration.summary import print_status

    print_status(console, home, is_by_file)


@main.command()
@home_option
@click.argument("delivery")
@click.option("--undo", "is_undone", is_flag=True, help="Take a withdrawal back.")
def withdraw(home: Home, delivery: str, is_undone: bool) -> None:
    """Let every later build ignore DELIVERY: an id, its beginning, a path, a file name or a table.

    `telltale status` lists the raw tables, `telltale status --files` the deliveries. Nothing is
    deleted, and --undo takes it back.
    """
    from orchestration.run import withdraw_step

    for record in withdraw_step(home, delivery, is_undone):
        short, name = record.delivery_id[:12], escape(record.file_name)
        did = "Counts again" if is_undone else "Withdrew"
        console.print(f"{did}: {name} ({short})", soft_wrap=True)
    console.print(f"The next `telltale run` publishes {'with' if is_undone else 'without'} it.")
    if not is_undone:
        undo = f"`telltale withdraw --undo {escape(delivery)}`"
        console.print(f"{undo} takes that back.", soft_wrap=True)


@main.command()
@home_option
@click.argument("version", required=False)
@click.option("--undo", is_flag=True, help="Let readers follow what is published again.")
def rollback(home: Home, version: str | None, undo: bool) -> None:
    """Let readers see the version before, or VERSION, and hold them there."""
    from orchestration.publication.summary import print_served
    from orchestration.run import rollback_step

    if version and undo:
        raise click.UsageError("--undo goes to the newest version: leave VERSION out.")
    print_served(console, home, rollback_step(home, version, undo))


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
def alert(home: Home) -> None:
    """Send a trial alert by every way that [alerts] in settings.toml names."""
    from orchestration.alerts import send_trial

    send_trial(home)
    console.print("Sent by every way that settings.toml names.")


@main.command()
@home_option
@click.option("--port", default=3000, show_default=True)
def dev(home: Home, port: int) -> None:
    """Start Dagster for this home, on this machine only."""
    from orchestration.environment import start_dagster

    start_dagster(home, port)


def entry() -> None:
    """The installed command."""
    end(exit_code(main))


if __name__ == "__main__":
    entry()
