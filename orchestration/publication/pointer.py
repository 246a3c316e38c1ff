"""What readers see: `CURRENT` is the commit, `current` follows it, a pin holds both."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from orchestration.durable import replace_text, sync
from orchestration.errors import TelltaleError, explained
from orchestration.home import Home
from orchestration.publication.link import show
from orchestration.publication.versions import current_version, read_manifest, versions


@dataclass(frozen=True)
class Served:
    """The version that readers see now and the one before; whether a pin holds them there."""

    version: str
    before: str
    is_pinned: bool


@contextmanager
def pointer_lock(home: Home) -> Iterator[None]:
    """Hold what readers see, for the instant of a change.

    A lock of its own: a rollback does not wait for a build that has the home for an hour.
    """
    home.state.mkdir(parents=True, exist_ok=True)
    with FileLock(home.state / "pointer.lock"):
        yield


def pinned_version(home: Home) -> str | None:
    """The version on which a rollback holds readers; None where they follow what is published."""
    pin = _pin(home)
    return pin.read_text("utf-8").strip() if pin.exists() else None


def newest_version(home: Home) -> str | None:
    """The version that readers would see without a pin."""
    return versions(home)[-1] if pinned_version(home) else current_version(home)


def serve(home: Home, version: str) -> None:
    """Let readers see another complete version; the caller holds the pointer's lock.

    `CURRENT` is the commit for both audiences. A link that a power cut leaves behind it shows
    a complete version too, and `mend` moves it on.
    """
    replace_text(home.published / "CURRENT", version + "\n")
    _show(home, version)


def mend(home: Home) -> None:
    """Finish what a killed publication or rollback left half done; the lock is the caller's."""
    current, pinned = current_version(home), pinned_version(home)
    if pinned and pinned != current and pinned in versions(home):
        serve(home, pinned)
    elif current in versions(home):
        _show(home, str(current))


def rollback(home: Home, version: str | None = None) -> Served:
    """Serve and pin `version`, by default the one that readers saw before the current one.

    Raises TelltaleError where there is none, it is not on disk, or a file of it is missing.
    """
    with pointer_lock(home):
        mend(home)
        before = current_version(home)
        if before is None:
            raise TelltaleError(f"Nothing is published in {home.root} yet.")
        chosen = _named(home, version) if version else _parent(home, before)
        _demand_whole(home, chosen)
        # The pin is written first: a command that is killed now is finished by the next one.
        replace_text(_pin(home), chosen + "\n")
        serve(home, chosen)
        return Served(chosen, before, True)


def undo_rollback(home: Home) -> Served:
    """Let readers follow what is published again, from the newest version on disk."""
    with pointer_lock(home):
        before, known = current_version(home), versions(home)
        if before is None or not known:
            raise TelltaleError(f"Nothing is published in {home.root} yet.")
        _demand_whole(home, known[-1])
        _pin(home).unlink(missing_ok=True)
        sync(home.published)
        serve(home, known[-1])
        return Served(known[-1], before, False)


def _pin(home: Home) -> Path:
    return home.published / "PINNED"


def _show(home: Home, version: str) -> None:
    for root in (home.coaching, home.published):
        if (root / version).exists():
            show(root, version)


def _named(home: Home, version: str) -> str:
    known = versions(home)
    digits = re.fullmatch(r"v?(\d{1,6})", version)
    name = f"v{int(digits.group(1)):06d}" if digits else version
    if name not in known:
        raise TelltaleError(
            explained(
                f"There is no version {version} on disk.", expected="one of " + ", ".join(known)
            )
        )
    return name


def _parent(home: Home, current: str) -> str:
    known = versions(home)
    parent = read_manifest(home.published / current)["parent"] if current in known else None
    earlier = [name for name in known if name < current]
    if parent not in known and not earlier:
        raise TelltaleError(
            explained(
                f"Readers see {current}, and no earlier version is on disk.",
                to_do="`versions_kept` in settings.toml says how many are kept",
            )
        )
    return parent if parent in known else earlier[-1]


def _demand_whole(home: Home, version: str) -> None:
    """A look at names and sizes, not at every byte: a rollback is in a hurry."""
    wrong = []
    for root in (home.published / version, home.coaching / version):
        if not (root / "MANIFEST.json").exists():
            wrong.append(f"{root}: no MANIFEST.json")
            continue
        for name, known in read_manifest(root)["files"].items():
            path = root / name
            if not path.exists() or path.stat().st_size != known["bytes"]:
                wrong.append(f"{path}: missing or cut")
    if wrong:
        raise TelltaleError(
            explained(f"Version {version} is damaged; readers stay where they are.", *wrong[:10])
        )
