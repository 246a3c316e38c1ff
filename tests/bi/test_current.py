"""`published/current` follows `CURRENT`, through kills, rollbacks and without links."""

import errno
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from orchestration.building.lock import home_lock
from orchestration.cli import main
from orchestration.errors import TelltaleError
from orchestration.home import PROJECT_ROOT, Home
from orchestration.publication.pointer import (
    mend,
    pinned_version,
    pointer_lock,
    rollback,
    undo_rollback,
)
from orchestration.publication.publish import publish
from orchestration.publication.versions import current_version, verify, versions
from tests.bi.tiny_home import build_tiny, shown_number


def published(home: Home, *numbers: int) -> Home:
    for number in numbers:
        build_tiny(home, number)
        publish(home)
    return home


def said(home: Home, *arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--home", str(home.root)])
    return " ".join(result.output.split())


def shown(home: Home) -> set[int]:
    """What both audiences see, as numbers."""
    return shown_number(home) | shown_number(home, home.coaching)


def leftovers(home: Home) -> list[Path]:
    return [path for root in (home.published, home.coaching) for path in root.glob(".tmp-*")]


def killed_homes(command: str, home: Home, folder: Path) -> list[Home]:
    """One copy of the home per step before which the command was killed."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bi.killed", command, str(home.root), str(folder)],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [Home.at(folder / f"{step:02d}") for step in range(int(done.stdout))]


def test_current_leads_to_the_version_that_was_published_last(home: Home) -> None:
    published(home, 1)
    link = home.published / "current"
    assert link.is_symlink() and link.readlink() == Path("v000001")
    published(home, 2)
    assert link.readlink() == (home.coaching / "current").readlink() == Path("v000002")
    assert shown(home) == {2}


def test_a_publication_killed_at_any_step_shows_one_version_and_is_finished(
    home: Home, tmp_path: Path
) -> None:
    published(home, 1)
    build_tiny(home, 2)
    homes = killed_homes("publish", home, tmp_path / "killed")
    assert len(homes) >= 8
    assert {current_version(one) for one in homes} == {"v000001", "v000002"}
    for one in homes:
        assert shown_number(one) == {1}  # the link is the last step
        publish(one)
        assert shown(one) == {2} and not leftovers(one)
        assert (one.published / "current").readlink() == Path(f"{current_version(one)}")
        assert verify(one) > 0


@pytest.mark.parametrize("command", ["rollback", "undo"])
def test_a_rollback_killed_at_any_step_shows_one_version_and_is_finished(
    command: str, home: Home, tmp_path: Path
) -> None:
    published(home, 1, 2)
    if command == "undo":
        rollback(home)
    goal = "v000001" if command == "rollback" else "v000002"
    homes = killed_homes(command, home, tmp_path / "killed")
    assert len(homes) >= 4
    for one in homes:
        assert len(shown_number(one)) == 1
        was_pinned = pinned_version(one)
        with pointer_lock(one):
            mend(one)  # whatever comes next begins with this
        assert was_pinned in (None, current_version(one))
        undo_rollback(one) if command == "undo" else rollback(one, goal)
        assert shown(one) == {int(goal[-1])} and current_version(one) == goal
    publish(homes[-1])
    assert current_version(homes[-1]) == goal
    assert not leftovers(homes[-1])


def test_a_rollback_holds_readers_while_new_versions_are_written(home: Home) -> None:
    published(home, 1, 2)
    text = said(home, "rollback")
    assert "Readers see v000001 (before: v000002)" in text and "rollback --undo" in text
    assert shown(home) == {1}
    build_tiny(home, 3)
    publication = publish(home)
    assert (publication.version, publication.is_new, publication.pinned) == (
        "v000003",
        True,
        "v000001",
    )
    assert shown(home) == {1}
    assert not publish(home).is_new
    assert versions(home) == ["v000001", "v000002", "v000003"]
    status = said(home, "status")
    assert "pinned" in status and "newest: v000003" in status
    assert "v000003; readers stay on v000001" in said(home, "publish")
    assert "Readers see v000003 (before: v000001)" in said(home, "rollback", "--undo")
    assert shown(home) == {3}
    assert "pinned" not in said(home, "status")
    published(home, 4)
    assert shown(home) == {4}


def test_the_version_before_is_the_one_that_readers_saw(home: Home) -> None:
    published(home, 1, 2)
    rollback(home)
    published(home, 3)
    undo_rollback(home)
    assert rollback(home).version == "v000001"


def test_a_rollback_goes_to_any_version_that_is_whole(home: Home) -> None:
    published(home, 1, 2, 3)
    assert rollback(home, "v1").version == "v000001"
    assert shown(home) == {1}
    with pytest.raises(TelltaleError, match="one of v000001, v000002, v000003"):
        rollback(home, "v000009")
    damaged = home.coaching / "v000002" / "marts.duckdb"
    damaged.unlink()
    with pytest.raises(TelltaleError, match="damaged"):
        rollback(home, "v000002")
    assert shown(home) == {1} and pinned_version(home) == "v000001"
    assert "leave VERSION out" in said(home, "rollback", "v2", "--undo")


def test_without_an_earlier_version_there_is_no_way_back(home: Home) -> None:
    with pytest.raises(TelltaleError, match="Nothing is published"):
        rollback(home)
    published(home, 1)
    with pytest.raises(TelltaleError, match="no earlier version"):
        rollback(home)


def test_a_rollback_waits_for_no_build(home: Home) -> None:
    published(home, 1, 2)
    entered, leave = threading.Event(), threading.Event()

    def build() -> None:
        with home_lock(home, "build"):
            entered.set()
            leave.wait(60)

    builder = threading.Thread(target=build)
    builder.start()
    try:
        assert entered.wait(60)
        started = time.monotonic()
        rollback(home)
        seconds = time.monotonic() - started
    finally:
        leave.set()
        builder.join()
    assert shown(home) == {1}
    assert seconds < 5, seconds


def test_as_many_versions_stay_as_the_settings_say_and_a_pinned_one_with_them(home: Home) -> None:
    home.root.mkdir()
    home.settings_file.write_text("[home]\nversions_kept = 2\n", "utf-8")
    published(home, 1, 2, 3)
    assert versions(home) == ["v000002", "v000003"]
    rollback(home)
    published(home, 4, 5)
    assert versions(home) == ["v000002", "v000004", "v000005"]
    assert shown(home) == {2}
    home.settings_file.write_text("[home]\nversions_kept = 1\n", "utf-8")
    with pytest.raises(TelltaleError, match="versions_kept"):
        publish(home)


def refuse_links(self: Path, *arguments: Any, **options: Any) -> None:
    raise OSError(errno.EPERM, "links are not supported")


def test_without_links_current_is_a_copy_of_the_small_file(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "symlink_to", refuse_links)
        published(home, 1, 2)
        folder = home.published / "current"
        assert not folder.is_symlink()
        assert [path.name for path in folder.iterdir()] == ["marts.duckdb"]
        assert shown(home) == {2}
        before = (folder / "marts.duckdb").stat().st_ino
        publish(home)
        assert (folder / "marts.duckdb").stat().st_ino == before
        (folder / "kpi_values.parquet").write_text("left by a copy of a whole version")
        rollback(home)
        assert shown(home) == {1}
        assert [path.name for path in folder.iterdir()] == ["marts.duckdb"]
    undo_rollback(home)
    assert (home.published / "current").is_symlink() and shown(home) == {2}
    publish(home, again=True)
    assert not leftovers(home)
