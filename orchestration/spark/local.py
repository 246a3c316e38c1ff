"""The small Spark that may run on this machine for a home: what its folder records of it."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from orchestration.spark.thrift import Server


@dataclass(frozen=True)
class Process:
    """A running part of a cluster; `name` is also the name of its log."""

    name: str
    process_id: int


@dataclass(frozen=True)
class Cluster:
    """A started cluster: where its Thrift Server answers, and its processes."""

    folder: Path
    server: Server
    processes: tuple[Process, ...]


def known_cluster(folder: Path) -> Cluster | None:
    """The cluster that `folder` records, if every process of it runs."""
    cluster = recorded_cluster(folder)
    if cluster is None or not all(is_alive(process) for process in cluster.processes):
        return None
    return cluster


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


def recorded_cluster(folder: Path) -> Cluster | None:
    """The cluster that `folder` records, whether it still runs or not."""
    if not record_of(folder).exists():
        return None
    values = json.loads(record_of(folder).read_text("utf-8"))
    return Cluster(
        folder,
        Server(**values["server"]),
        tuple(Process(**process) for process in values["processes"]),
    )


def record_of(folder: Path) -> Path:
    """The file in which a cluster is recorded."""
    return folder / "cluster.json"


def _reap(process_id: int) -> None:
    try:
        os.waitpid(process_id, os.WNOHANG)
    except ChildProcessError:
        return  # another process started it
