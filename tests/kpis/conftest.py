"""What the comparisons with the oracle share: the project compiled once per process of tests."""

from typing import Any

import pytest

from orchestration.home import Home
from tests.kpis.replay import Replay


@pytest.fixture(scope="session")
def replay(tmp_path_factory: pytest.TempPathFactory, parsed_project: Any) -> Replay:
    """The compiled project, ready to run on any home."""
    return Replay(Home.at(tmp_path_factory.mktemp("compiled") / "home"), parsed_project)
