"""One process of a local cluster: started apart, known by its id, ended by its id."""

import os
import signal
import subprocess
import time
from pathlib import Path

from orchestration.spark.local import Process, is_alive


def start_process(
    name: str, command: list[str], environment: dict[str, str], logs: Path
) -> Process:
    """Start a command in a session of its own, so that Ctrl-C of the caller does not reach it."""
    logs.mkdir(parents=True, exist_ok=True)
    with (logs / f"{name}.log").open("wb") as log:
        started = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=logs,
        )
    return Process(name, started.pid)


def end_process(process: Process, patience_seconds: float = 10) -> None:
    """Ask a process to end, and end it if it has not after `patience_seconds`."""
    for wanted in (signal.SIGTERM, signal.SIGKILL):
        if not is_alive(process):
            return
        os.kill(process.process_id, wanted)
        deadline = time.monotonic() + patience_seconds
        while time.monotonic() < deadline and is_alive(process):
            time.sleep(0.2)
