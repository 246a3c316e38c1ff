"""New files ask for one run, once they rest, and never twice."""

import os
import time
from pathlib import Path

import dagster as dg
import pytest

from orchestration.home import Home
from orchestration.landing.ledger import write_json
from orchestration.sensors import new_deliveries


class Looks:
    """The sensor looking at a home again and again, with its own memory."""

    def __init__(self, home: Home) -> None:
        self.sensor = new_deliveries(home)
        self.cursor: str | None = None

    def asks(self) -> list[str]:
        """Keys of the runs that one look asks for."""
        with dg.DagsterInstance.ephemeral() as instance:
            context = dg.build_sensor_context(instance=instance, cursor=self.cursor)
            found = self.sensor.evaluate_tick(context)
        self.cursor = found.cursor
        return [str(request.run_key) for request in found.run_requests or []]


@pytest.fixture
def looks(home: Home) -> Looks:
    return Looks(home)


def put(home: Home, name: str, text: str = "id\n1\n", age_seconds: float = 60) -> Path:
    path = home.deliveries / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    moment = time.time() - age_seconds
    os.utime(path, (moment, moment))
    return path


def remember(home: Home, *paths: Path) -> None:
    known = {}
    for path in paths:
        stat = path.stat()
        name = path.relative_to(home.deliveries).as_posix()
        known[name] = [stat.st_size, stat.st_mtime_ns, "some-digest"]
    write_json(home.state / "seen.json", known)


def test_nothing_delivered_asks_nothing(looks: Looks) -> None:
    assert looks.asks() == []


def test_a_file_asks_at_the_second_look_and_only_once(home: Home, looks: Looks) -> None:
    put(home, "standard/agents/a.csv")
    assert looks.asks() == []
    assert len(looks.asks()) == 1
    assert looks.asks() == []
    assert looks.asks() == []


def test_a_growing_file_is_left_until_it_rests(home: Home, looks: Looks) -> None:
    put(home, "standard/agents/a.csv", "id\n1\n")
    assert looks.asks() == []
    put(home, "standard/agents/a.csv", "id\n1\n2\n")
    assert looks.asks() == []
    assert len(looks.asks()) == 1


def test_a_file_of_this_moment_waits(home: Home, looks: Looks) -> None:
    put(home, "standard/agents/a.csv", age_seconds=1)
    assert looks.asks() == []
    assert looks.asks() == []


def test_another_file_asks_again_under_another_key(home: Home, looks: Looks) -> None:
    first = put(home, "standard/agents/a.csv")
    looks.asks()
    keys = looks.asks()
    remember(home, first)
    put(home, "standard/agents/b.csv")
    looks.asks()
    more = looks.asks()
    assert len(keys) == len(more) == 1
    assert keys != more


def test_what_landing_knows_asks_nothing(home: Home, looks: Looks) -> None:
    remember(home, put(home, "standard/agents/a.csv"))
    looks.asks()
    assert looks.asks() == []


@pytest.mark.parametrize(
    "name",
    [
        "standard/agents/.hidden.csv",
        "standard/agents/a.csv.part",
        "standard/agents/a.tmp",
        "standard/agents/~$a.xlsx",
        "standard/agnets/a.csv",
        "a.csv",
    ],
)
def test_what_landing_would_not_read_asks_nothing(home: Home, looks: Looks, name: str) -> None:
    put(home, name)
    looks.asks()
    assert looks.asks() == []
