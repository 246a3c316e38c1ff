"""From arguments to a home: draw the centre, write its files, then its truth."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from orchestration.errors import TelltaleError
from orchestration.home import Home
from simulation.arguments import check_arguments, check_same
from simulation.calendars import Horizon
from simulation.draw.arrivals import draw_demand
from simulation.draw.contacts import draw_contacts
from simulation.draw.handling import World
from simulation.draw.records import known_records
from simulation.draw.staff import draw_staff
from simulation.draw.surveys import draw_surveys
from simulation.draw.visits import stacked
from simulation.observe.observed import observe_legs
from simulation.observe.tallies import observe_surveys
from simulation.observe.truth import (
    agents,
    distributions,
    expected_csat,
    expected_legs,
    planted,
    reasons,
)
from simulation.transactions import draw_transactions, planted_transactions
from simulation.write.deliveries import delivery_counts, write_tables, write_transactions
from simulation.write.files import fingerprints, write_agents
from simulation.write.lists import write_lists
from simulation.write.tables import delivered
from simulation.write.versions import change_answers, copy_rows, correct_legs

SOURCE = "standard"

Progress = Callable[[str], None]


def simulate(
    home: Home, contacts: int, weeks: int, seed: int, on_progress: Progress | None = None
) -> Path:
    """Write a simulated centre of so many contacts over so many weeks; returns its truth file.

    The weeks end on Sunday 2026-06-28. Writes `deliveries/standard/`, the lists and
    `settings.toml` where they are missing, and `truth.json`. The same arguments give the same
    bytes; a second call with them changes nothing. `on_progress` is told each stage.

    Raises TelltaleError for arguments out of range, and where `deliveries/` holds files that
    this call would not write: real and made-up figures never share a home.
    """
    arguments = {"contacts": contacts, "weeks": weeks, "seed": seed}
    check_arguments(arguments)
    folder, truth_file = home.deliveries / SOURCE, home.root / "truth.json"
    if folder.exists() and any(path.is_file() for path in folder.rglob("*")):
        check_same(folder, truth_file, arguments)
        return truth_file
    _refuse_real_deliveries(home)
    tell = on_progress or (lambda _: None)
    scratch = home.state / "simulation"
    shutil.rmtree(scratch, ignore_errors=True)
    horizon = Horizon.of(weeks)
    truth = write_centre(scratch, horizon, arguments, tell)
    write_lists(home.lists, home.settings_file, horizon)
    truth_file.write_text(json.dumps(truth, indent=1, ensure_ascii=False) + "\n", "utf-8")
    # Last, in one move: an interrupted call leaves no half-written deliveries behind.
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch.rename(folder)
    tell(f"{len(truth['files'])} files in {folder}")
    return truth_file


def write_centre(
    folder: Path, horizon: Horizon, arguments: dict[str, int], tell: Progress
) -> dict[str, Any]:
    """Draw a centre and write its deliveries below `folder`; returns its truth."""
    # One stream per stage: a change in one does not move the draws of the others.
    streams = iter(np.random.default_rng(arguments["seed"]).spawn(16))
    count = arguments["contacts"]
    tell(f"drawing {count} contacts over {horizon.weeks} weeks")
    demand = draw_demand(next(streams), horizon, count)
    staff = draw_staff(next(streams), horizon, count)
    world = World(horizon, demand, staff)
    contacts, legs = draw_contacts(next(streams), world, count)
    legs = known_records(next(streams), world, contacts, legs)
    tell("asking customers")
    invitations, answers = draw_surveys(next(streams), world, contacts, legs)
    invitations["number"] = np.arange(len(invitations["sent"]))
    older, corrected = correct_legs(next(streams), horizon, legs)
    sent = invitations["sent"][answers["invitation"]]
    changed = change_answers(next(streams), horizon, answers, sent)
    stream = next(streams)
    tell("writing deliveries")
    written = {
        "contact_legs": copy_rows(stream, horizon, stacked([delivered(legs), delivered(older)])),
        "survey_invitations": copy_rows(stream, horizon, invitations),
        "survey_answers": copy_rows(stream, horizon, stacked([answers, changed])),
    }
    as_of = max(int(rows["updated"].max(initial=horizon.start)) for rows in written.values())
    write_tables(folder, horizon, written, contacts, invitations)
    assignments = write_agents(folder / "agents", horizon, staff)
    counts = {
        "contact_legs": delivery_counts(written["contact_legs"], legs["contact"], older["contact"]),
        "survey_invitations": delivery_counts(
            written["survey_invitations"], invitations["sent"], None
        ),
        "survey_answers": delivery_counts(
            written["survey_answers"], answers["question"], changed["question"]
        ),
    }
    written.clear()
    tell("drawing sessions, sales, tickets and agent days")
    drawn, switch, transactions = draw_transactions(streams, world, contacts, legs, as_of)
    counts |= write_transactions(folder, next(streams), horizon, drawn)
    tell("adding up what is true")
    return {
        "arguments": arguments,
        "planted": planted(world) | planted_transactions() | switch,
        "distributions": distributions(),
        "reasons": reasons(),
        "expected": {"by_channel": expected_legs(contacts, legs), "csat": expected_csat(answers)},
        "observed": observe_legs(world, contacts, legs, as_of)
        | observe_surveys(invitations, answers)
        | transactions,
        "deliveries": counts | {
            "agents": {"written_rows_count": assignments}, "corrected_legs_count": corrected,
        },
        "agents": agents(world),
        "files": fingerprints(folder),
    }  # fmt: skip


def _refuse_real_deliveries(home: Home) -> None:
    others = [path for path in home.deliveries.glob("*/*/*") if path.parts[-3] != SOURCE]
    if others:
        raise TelltaleError(
            f"{home.deliveries} holds files that are not simulated, such as {others[0].name!r}. "
            "Simulate into a home of its own: telltale simulate --home ANOTHER_FOLDER"
        )
