"""A small Spark for the session; without Java or pyspark its tests are skipped with the reason."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from orchestration.spark.local import Cluster
from tests.spark.local.cluster import start_cluster, stop_cluster

TABLES = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Where tests leave what is printed at the end."""
    config.stash[TABLES] = []


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the tables of compared marts after the results."""
    for text in config.stash.get(TABLES, []):
        terminalreporter.write_line("")
        terminalreporter.write_line(text)


@pytest.fixture(scope="session")
def tables(request: pytest.FixtureRequest) -> list[str]:
    """Texts that the end of the session prints."""
    return request.config.stash.setdefault(TABLES, [])


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A running cluster that every step with `TELLTALE_ENGINE=spark` finds."""
    if shutil.which("java") is None:
        pytest.skip("Java is absent: Spark needs it")
    if any(find_spec(package) is None for package in ("pyspark", "pyhive")):
        pytest.skip("pyspark is absent: `make spark-test` runs this with .venv-spark")
    folder: Path = tmp_path_factory.mktemp("spark")
    patch = pytest.MonkeyPatch()
    started = start_cluster(folder)
    patch.setenv("TELLTALE_SPARK_HOST", started.server.host)
    patch.setenv("TELLTALE_SPARK_PORT", str(started.server.port))
    try:
        yield started
    finally:
        stop_cluster(folder)
        patch.undo()
