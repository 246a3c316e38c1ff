"""Homes for tests: made in temporary folders, landed and built by the product's own steps."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from orchestration.home import Home
from orchestration.run import RunOutcome, run_all
from tests.compiled import without_audits
from tests.replay import Replay, read_manifest_of, ready_template

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
"""Public data that is not part of the project; tests that need it skip where it is absent."""


LONG = (
    "test_incremental_equals_full", "test_dagster_runs", "test_kpis_equal_the_oracle",
    "test_dbt_unit_tests", "test_first_run", "test_reference_figures", "test_homes",
)  # fmt: skip
"""Files that take longest: begun first, so that no process waits for another at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    place = {name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path.stem, len(LONG)))


@pytest.fixture(scope="session", autouse=True)
def pseudonym_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A key of the tests' own: the person's key outside the repository stays untouched."""
    patch = pytest.MonkeyPatch()
    patch.setenv("TELLTALE_KEY_FILE", str(tmp_path_factory.mktemp("key") / "key"))
    patch.delenv("TELLTALE_HOME", raising=False)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def template(request: pytest.FixtureRequest) -> Home:
    """A home with the project parsed and compiled, kept between sessions."""
    return ready_template(Path(request.config.cache.mkdir("telltale")))  # type: ignore[union-attr]


@pytest.fixture(scope="session")
def parsed_project(template: Home) -> Any:
    """The dbt project, parsed once: every build of the session starts from it."""
    return read_manifest_of(template)


@pytest.fixture(scope="session")
def replay(template: Home, parsed_project: Any) -> Replay:
    """The compiled project, ready to run on any home."""
    return Replay(template, parsed_project)


@pytest.fixture(scope="session")
def run_replayed(replay: Replay) -> Callable[..., RunOutcome]:
    """`run_home` by the replay: for tests of figures and of what readers see, not of dbt."""
    return replay.run_all


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
        with without_audits():
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
