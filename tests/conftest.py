"""Homes for tests: made in temporary folders, landed and built by the product's own steps."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from orchestration.building import warehouse
from orchestration.building.warehouse import prepare_home
from orchestration.home import Home
from orchestration.run import RunOutcome, run_all
from tests.compiled import run_dbt

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
"""Public data that is not part of the project; tests that need it skip where it is absent."""


@pytest.fixture(scope="session", autouse=True)
def pseudonym_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A key of the tests' own: the person's key outside the repository stays untouched."""
    patch = pytest.MonkeyPatch()
    patch.setenv("TELLTALE_KEY_FILE", str(tmp_path_factory.mktemp("key") / "key"))
    patch.delenv("TELLTALE_HOME", raising=False)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def parsed_project(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The dbt project, parsed once: every build of the session starts from it."""
    home = Home.at(tmp_path_factory.mktemp("parsed"))
    prepare_home(home)
    outcome = run_dbt(home, "parse")
    assert outcome.success
    return outcome.result


@pytest.fixture(scope="session")
def run_home(parsed_project: Any) -> Callable[..., RunOutcome]:
    """`run_home(home, **options)`: land, build and publish like `telltale run`, quietly."""

    def run(home: Home, **options: Any) -> RunOutcome:
        return run_all(home, lambda text: None, manifest=parsed_project, **options)

    return run


@pytest.fixture(scope="session")
def run_unaudited(run_home: Callable[..., RunOutcome]) -> Callable[..., RunOutcome]:
    """`run_home` without the data tests: for runs that are only there to be compared."""

    def run(home: Home, **options: Any) -> RunOutcome:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(warehouse, "LEFT_OUT", (*warehouse.LEFT_OUT, "test"))
            return run_home(home, **options)

    return run


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home."""
    return Home.at(tmp_path / "home")


def shared_file(relative: str) -> Path:
    """A file of the shared data, or a skip that says what is missing."""
    path = SHARED_DATA / relative
    if not path.exists():
        pytest.skip(f"shared data absent: {relative}")
    return path
