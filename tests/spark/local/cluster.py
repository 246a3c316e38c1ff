"""A standalone cluster on loopback: a master, its workers and a Thrift Server."""

import shutil
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from orchestration.durable import write_json
from orchestration.errors import TelltaleError, explained
from orchestration.spark.local import (
    Cluster,
    Process,
    is_alive,
    known_cluster,
    record_of,
    recorded_cluster,
)
from orchestration.spark.thrift import Server, answers
from tests.spark.local.configuration import (
    LOOPBACK,
    free_port,
    spark_home,
    write_configuration,
)
from tests.spark.local.process import end_process, start_process

CLASSES = "org.apache.spark.deploy"
THRIFT = "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2"


def start_cluster(
    folder: Path,
    workers: int = 2,
    memory: str = "1g",
    patience_seconds: float = 120,
    on_wait: Callable[[str], None] | None = None,
) -> Cluster:
    """Start a cluster whose warehouse, metastore and logs lie in `folder`; wait until it answers.

    Every worker has one core and `memory`. A cluster that runs there already is returned.
    Raises TelltaleError if Java or Spark is absent, or if no answer comes in time.
    """
    running = known_cluster(folder)
    if running:
        return running
    stop_cluster(folder)
    if shutil.which("java") is None:
        raise TelltaleError(
            explained("Java is not on this machine.", expected="Java 17 on the PATH")
        )
    folder = folder.resolve()
    server, master_port = Server(LOOPBACK, free_port()), free_port()
    environment = write_configuration(folder, server.port, memory)
    launch, submit = (str(spark_home() / "bin" / name) for name in ("spark-class", "spark-submit"))
    master = f"spark://{LOOPBACK}:{master_port}"
    pages = ["--webui-port", "0"]
    here = ["--host", LOOPBACK]
    commands = {
        "master": [
            *(launch, f"{CLASSES}.master.Master", *here, *pages),
            *("--port", str(master_port)),
        ],
        **{
            f"worker{number}": [
                *(launch, f"{CLASSES}.worker.Worker", *here, *pages, "--cores", "1"),
                *("--memory", memory, "--work-dir", str(folder / "work"), master),
            ]
            for number in range(1, workers + 1)
        },
        "thrift": [submit, "--master", master, "--class", THRIFT, "spark-internal"],
    }
    processes: list[Process] = []
    for name, command in commands.items():
        processes.append(start_process(name, command, environment, folder / "logs"))
        _record(Cluster(folder, server, tuple(processes)))
    cluster = Cluster(folder, server, tuple(processes))
    try:
        _wait(cluster, patience_seconds, on_wait)
    except TelltaleError:
        stop_cluster(folder)
        raise
    return cluster


def stop_cluster(folder: Path) -> int:
    """End the processes that `folder` records, the asking side first; return how many ran."""
    cluster = recorded_cluster(folder)
    if cluster is None:
        return 0
    running = [process for process in reversed(cluster.processes) if is_alive(process)]
    for process in running:
        end_process(process)
    record_of(folder).unlink(missing_ok=True)
    return len(running)


def _record(cluster: Cluster) -> None:
    values = {
        "server": asdict(cluster.server),
        "processes": [asdict(process) for process in cluster.processes],
    }
    write_json(record_of(cluster.folder), values)


def _wait(cluster: Cluster, patience_seconds: float, on_wait: Callable[[str], None] | None) -> None:
    deadline = time.monotonic() + patience_seconds
    while not answers(cluster.server):
        dead = [process for process in cluster.processes if not is_alive(process)]
        if dead or time.monotonic() > deadline:
            name = (dead or [cluster.processes[-1]])[0].name
            log = cluster.folder / "logs" / f"{name}.log"
            raise TelltaleError(
                explained(
                    f"The cluster's {name} {'ended' if dead else 'does not answer'}.",
                    *log.read_text("utf-8", "replace").splitlines()[-5:],
                    to_do=f"read {log}",
                )
            )
        if on_wait:
            on_wait("waiting for the Thrift Server")
        time.sleep(0.5)
