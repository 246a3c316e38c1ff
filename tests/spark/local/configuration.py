"""What a local cluster is told: loopback only, small, and one meaning of an instant."""

import os
import socket
from importlib.util import find_spec
from pathlib import Path

from orchestration.errors import TelltaleError, explained
from orchestration.spark.thrift import SESSION
from tests.spark.local.class_file import write_missing_class

LOOPBACK = "127.0.0.1"


def spark_home() -> Path:
    """The folder of the installed pyspark package, with its Java archives and launchers.

    Raises TelltaleError where the package is absent.
    """
    found = find_spec("pyspark")
    if found is None or found.origin is None:
        raise TelltaleError(
            explained(
                "Spark is not installed in this environment.",
                to_do="run `make spark-setup`, then use .venv-spark/bin/telltale",
            )
        )
    return Path(found.origin).parent


def free_port() -> int:
    """A port of the loopback address that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]


def write_configuration(folder: Path, thrift_port: int, memory: str) -> dict[str, str]:
    """Write the cluster's configuration below `folder`; return the environment of its processes.

    Access without a password is right for loopback and tests only.
    """
    metastore = f"jdbc:derby:;databaseName={folder / 'metastore'};create=true"
    values = {
        "spark.driver.host": LOOPBACK,
        "spark.driver.bindAddress": LOOPBACK,
        # At most; a centre of a million contacts in one broadcast needs more than three.
        "spark.driver.memory": "6g",
        "spark.sql.autoBroadcastJoinThreshold": "4MB",
        "spark.driver.extraClassPath": str(write_missing_class(folder / "classes")),
        # A server out of memory would go on listening, and its callers would wait for ever.
        # The catalog is made anew from raw if lost, so it need not wait for the disk.
        "spark.driver.extraJavaOptions": (
            "-XX:+ExitOnOutOfMemoryError -Dderby.system.durability=test"
        ),
        "spark.executor.memory": memory,
        "spark.ui.enabled": "false",
        "spark.master.rest.enabled": "false",
        # Small data in many short queries: compiling them takes longer than running them.
        "spark.sql.codegen.wholeStage": "false",
        "spark.worker.ui.retainedExecutors": "1",
        # The record of past queries and their plans is what fills a long-lived server.
        "spark.sql.maxPlanStringLength": "2000",
        "spark.sql.ui.retainedExecutions": "5",
        "spark.sql.thriftserver.ui.retainedStatements": "5",
        "spark.ui.retainedJobs": "20",
        "spark.ui.retainedStages": "20",
        "spark.ui.retainedTasks": "1000",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.catalogImplementation": "hive",
        "spark.hadoop.javax.jdo.option.ConnectionURL": metastore,
        "spark.hadoop.hive.exec.scratchdir": str(folder / "scratch"),
        "spark.hadoop.hive.exec.local.scratchdir": str(folder / "scratch"),
        "spark.hadoop.hive.server2.thrift.port": str(thrift_port),
        "spark.hadoop.hive.server2.thrift.bind.host": LOOPBACK,
        "spark.hadoop.hive.server2.authentication": "NOSASL",
        "spark.hadoop.hive.server2.enable.doAs": "false",
        "spark.local.dir": str(folder / "scratch"),
        **SESSION,
    }
    settings = folder / "conf"
    for made in (settings, folder / "warehouse", folder / "scratch", folder / "work"):
        made.mkdir(parents=True, exist_ok=True)
    lines = [f"{name} {value}" for name, value in values.items()]
    (settings / "spark-defaults.conf").write_text("\n".join(lines) + "\n", "utf-8")
    return {
        **os.environ,
        "SPARK_HOME": str(spark_home()),
        "SPARK_CONF_DIR": str(settings),
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_DAEMON_MEMORY": "512m",
        "SPARK_DAEMON_JAVA_OPTS": f"-Dderby.stream.error.file={folder / 'derby.log'}",
        "SPARK_SUBMIT_OPTS": f"-Dderby.stream.error.file={folder / 'derby.log'}",
        "TZ": "UTC",
    }
