"""A run that is killed in the middle of its build harms nobody."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.home import PROJECT_ROOT, Home
from orchestration.publication.versions import current_version, verify
from simulation import simulate
from tests.orchestration.test_reference_figures import all_marts


def start_run(home: Home) -> subprocess.Popen[bytes]:
    """`telltale run` as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "orchestration.cli", "run", "--home", str(home.root)],
        cwd=PROJECT_ROOT,
        env=os.environ | {"PYTHONPATH": str(PROJECT_ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_until_building(home: Home, process: subprocess.Popen[bytes], after: float) -> None:
    """Return when dbt has written its first results to the log of this run."""
    log = home.state / "logs" / "dbt.log"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        is_fresh = log.exists() and log.stat().st_mtime > after
        if is_fresh and "fct_contact_legs" in log.read_text("utf-8", errors="replace")[-20_000:]:
            return
        assert process.poll() is None, "the run ended before it could be killed"
        time.sleep(0.05)
    pytest.fail("the build did not begin")


def last_file(home: Home, table: str) -> Path:
    return sorted((home.deliveries / "standard" / table).glob("*.parquet"))[-1]


@pytest.mark.soak
def test_readers_keep_their_version_and_the_next_run_needs_no_hand(
    tmp_path: Path, run_home: Callable[..., Any]
) -> None:
    home = Home.at(tmp_path / "home")
    simulate(home, contacts=3000, weeks=4, seed=2)
    # The legs of the last week, and the totals that would miss them, come later.
    aside = tmp_path / "aside"
    aside.mkdir()
    legs, totals = (last_file(home, table) for table in ("contact_legs", "control_totals"))
    for file in (legs, totals):
        file.rename(aside / file.name)
    run_home(home)
    before, marts = current_version(home), all_marts(home)

    for file in (legs, totals):
        (aside / file.name).rename(file)
    log = home.state / "logs" / "dbt.log"
    log.unlink()
    process = start_run(home)
    wait_until_building(home, process, time.time() - 1)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert current_version(home) == before
    assert verify(home) > 0
    assert all_marts(home) == marts

    assert run_home(home).is_complete
    continued = all_marts(home)
    assert continued != marts
    run_home(home, full=True)
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        assert connection.execute("select is_finished from home.build").fetchone() == (True,)
    from orchestration.publication.publish import publish

    publish(home, again=True)
    assert all_marts(home) == continued
