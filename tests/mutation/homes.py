"""The small centres on which mutants are judged: written, landed and built once, then kept."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from orchestration.building.warehouse import prepare_home
from orchestration.home import PROJECT_ROOT, Home
from orchestration.manifest import project_hash
from orchestration.run import run_all
from tests.compiled import passed_unit_tests, run_dbt
from tests.histories.history import seeded_history
from tests.histories.recent import recent_history
from tests.kpis.deliver import write_history

HISTORIES = ((11, 60), (1, 150), (2, 200), (3, 250), (4, 300))
"""Seed and contacts; the smallest first, because most mutants are detected on any."""
RECENT_SEEDS = {3}
"""Histories whose data end with their contacts: the last weeks and promises need them."""

Say = Callable[[str], None]


def mutation_homes(
    folder: Path, say: Say, histories: tuple[tuple[int, int], ...] = HISTORIES
) -> list[Home]:
    """Homes of the histories, built with the project as it stands, the unit tests in the first.

    They are kept under `folder` until a file of the project or of the histories changes. Raises
    ValueError if a unit test fails on the project itself.
    """
    kept = folder / _identity(histories)
    homes = [Home.at(kept / f"{seed}_{contacts}") for seed, contacts in histories]
    finished = kept / "finished"
    if finished.exists():
        return homes
    if folder.exists():
        for old in folder.iterdir():
            if (old / "mutation").exists():
                shutil.rmtree(old)
    kept.mkdir(parents=True)
    (kept / "mutation").touch()
    manifest = _parsed(homes[0], say)
    for (seed, contacts), home in zip(histories, homes, strict=True):
        say(f"building a centre of {contacts} contacts")
        make = recent_history if seed in RECENT_SEEDS else seeded_history
        history = make(seed, contacts)
        write_history(home, history, seed, parts=1)
        run_all(home, lambda text: None, as_of=history.as_of_text, manifest=manifest)
    _unit_tests(homes[0], manifest, say)
    finished.touch()
    return homes


def _identity(histories: tuple[tuple[int, int], ...]) -> str:
    digest = hashlib.sha256(f"{project_hash()}{histories}".encode())
    written = (PROJECT_ROOT / "tests" / folder for folder in ("histories", "kpis"))
    for file in sorted(file for folder in written for file in folder.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _parsed(home: Home, say: Say) -> Any:
    say("parsing the project")
    prepare_home(home)
    return run_dbt(home, "parse").result


def _unit_tests(home: Home, manifest: Any, say: Say) -> None:
    say("compiling the unit tests")
    passed_unit_tests(home, manifest)
