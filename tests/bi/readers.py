"""Readers of every driver at hand, kept reading while a home publishes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from orchestration.home import PROJECT_ROOT, Home


def drivers() -> list[str]:
    """Python of this environment, and of each of another driver.

    `make bi-test` makes those and names their folder in `TELLTALE_BI_DRIVERS`; `make test` does
    not.
    """
    older = os.environ.get("TELLTALE_BI_DRIVERS")
    pythons = sorted((PROJECT_ROOT / older).glob("*/bin/python")) if older else []
    return [sys.executable, *map(str, pythons)]


class Readers:
    """Processes that read `published/current/marts.duckdb` until they are stopped."""

    def __init__(self, home: Home, folder: Path) -> None:
        self.folder, self.stop_file = folder, folder / "stop"
        database = home.published / "current" / "marts.duckdb"
        self.seen, self.processes = [], []
        for place, python in enumerate(drivers()):
            for habit in ("reopen", "hold"):
                seen = folder / f"seen-{place}-{habit}"
                command = [python, str(Path(__file__).with_name("reader.py"))]
                command += [str(database), habit, str(seen), str(self.stop_file)]
                self.processes.append(
                    subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                )
                self.seen.append((habit, seen))

    def wait(self, number: int, habits: tuple[str, ...], seconds: float = 60) -> None:
        """Return when every reader of these habits has read `number`; raise TimeoutError else."""
        deadline = time.monotonic() + seconds
        for habit, file in self.seen:
            while habit in habits and not (file.exists() and file.read_text() == str(number)):
                if time.monotonic() > deadline:
                    raise TimeoutError(f"{file.name} has not read {number}")
                time.sleep(0.01)

    def finish(self) -> list[dict[str, Any]]:
        """Stop the readers and return what each saw."""
        self.stop_file.touch()
        found = []
        for (habit, _), process in zip(self.seen, self.processes, strict=True):
            out, error = process.communicate(timeout=60)
            assert process.returncode == 0, error.decode()
            found.append({"habit": habit, **json.loads(out)})
        return found


@contextmanager
def reading(home: Home, folder: Path) -> Iterator[Readers]:
    """Readers that are ended whatever happens."""
    readers = Readers(home, folder)
    try:
        yield readers
    finally:
        readers.stop_file.touch()
        for process in readers.processes:
            process.kill()
            process.wait()
