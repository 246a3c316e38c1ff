"""One process of a local cluster: started apart, known by its id, ended by its id."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Process:
    """A running part of a cluster; `name` is also the name of its log."""

    name: str
    process_id: int


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


def is_alive(process: Process) -> bool:
    """Whether the id still belongs to a Spark process: ids are used again by the system."""
    _reap(process.process_id)
    listed = subprocess.run(
        ["ps", "-ww", "-o", "stat=", "-o", "command=", "-p", str(process.process_id)],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    return "org.apache.spark" in listed and not listed.startswith("Z")


def end_process(process: Process, patience_seconds: float = 10) -> None:
    """Ask a process to end, and end it if it has not after `patience_seconds`."""
    for wanted in (signal.SIGTERM, signal.SIGKILL):
        if not is_alive(process):
            return
        os.kill(process.process_id, wanted)
        deadline = time.monotonic() + patience_seconds
        while time.monotonic() < deadline and is_alive(process):
            time.sleep(0.2)


def _reap(process_id: int) -> None:
    try:
        os.waitpid(process_id, os.WNOHANG)
    except ChildProcessError:
        return  # another process started it
