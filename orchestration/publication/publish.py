"""Publish what was built and audited: write aside, then move one pointer."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestration.building.engine import asked, has_warehouse
from orchestration.building.fingerprint import tool_versions
from orchestration.building.state import build_state
from orchestration.durable import replace_text, sha256_of, sync, sync_tree
from orchestration.errors import TelltaleError
from orchestration.home import Home
from orchestration.landing.lost_tables import demand_tables
from orchestration.publication.deliveries import unread_tables
from orchestration.publication.export import export_marts
from orchestration.publication.marts import Mart, published_marts
from orchestration.publication.pointer import (
    mend,
    newest_version,
    pinned_version,
    pointer_lock,
    serve,
)
from orchestration.publication.versions import current_version, next_version, read_manifest, sweep
from orchestration.settings import read_settings


@dataclass(frozen=True)
class Publication:
    """The newest version, and whether this call made it.

    Readers see it, unless a rollback holds them on `pinned`.
    """

    version: str
    folder: Path
    is_new: bool
    marts: dict[str, Any]
    pinned: str | None = None


def publish(
    home: Home,
    again: bool = False,
    on_progress: Callable[[str], None] | None = None,
    is_unchanged: bool = False,
) -> Publication:
    """Publish the private warehouse as a new version, unless the newest holds the same.

    Readers see it at once, or, where a rollback pinned an earlier one, when the pin is undone.
    The caller holds the home's lock; `is_unchanged` says that it built nothing, so that equal
    deliveries and definitions need no comparison of contents. Raises TelltaleError if the last
    build did not finish, or lacks a table whose rows readers see: nothing reaches them past a
    failed audit.
    """
    say = on_progress or (lambda text: None)
    state = _finished_build(home)
    demand_tables(home, unread_tables(home))
    kept_count = read_settings(home).home.versions_kept
    with pointer_lock(home):
        mend(home)
    current = newest_version(home)
    if current and is_unchanged and not again and _is_same(home, current, state):
        return _kept(home, current)
    marts = published_marts(home)
    _make_folders(home)
    with pointer_lock(home):
        sweep(home, kept_count)
    public_before = _entries(home.published, current)
    coaching_before = _entries(home.coaching, current)
    version, parent = next_version(home), current_version(home)
    parts: dict[str, tuple[Path, dict[str, Any]]] = {}
    for audience, root, before in (
        ("coaching", home.coaching, coaching_before),
        ("public", home.published, public_before),
    ):
        say(f"writing {audience} marts")
        aside = root / f".tmp-{version}-{os.getpid()}"
        aside.mkdir()
        chosen = [mart for mart in marts if mart.audience == audience]
        previous = root / current if current and not again else None
        entries = export_marts(home, chosen, aside, previous, before)
        parts[audience] = (aside, _manifest(version, parent, state, chosen, entries, aside))
    if current and not again and _has_same_content(home, current, parts):
        for aside, _ in parts.values():
            shutil.rmtree(aside)
        return _kept(home, current)
    for aside, manifest in parts.values():
        _write_manifest(aside, manifest)
    with pointer_lock(home):
        # Coaching first: whoever follows the pointer finds both.
        for audience, root in (("coaching", home.coaching), ("public", home.published)):
            parts[audience][0].rename(root / version)
            sync(root)
        pinned = pinned_version(home)
        if pinned is None:
            serve(home, version)
        sweep(home, kept_count)
    entries = parts["public"][1]["marts"]
    return Publication(version, home.published / version, True, entries, pinned)


def _kept(home: Home, version: str) -> Publication:
    folder, entries = home.published / version, _entries(home.published, version)
    return Publication(version, folder, False, entries, pinned_version(home))


def _finished_build(home: Home) -> dict[str, Any]:
    if not has_warehouse(home):
        raise TelltaleError(f"Nothing was built in {home.root} yet. Run `telltale build` first.")
    state = build_state(home)
    if state is None or not state.is_finished:
        raise TelltaleError(
            "The last build did not finish, so there is nothing to publish; what was published "
            "before stays. Run `telltale build` and read what it says."
        )
    with asked(home) as ask:
        as_of = ask("select as_of_at from intermediate.int_as_of")
    known = "\n".join(" ".join(map(str, known)) for known in sorted(state.deliveries))
    return {
        "fingerprint": state.fingerprint,
        "ledger_hash": hashlib.sha256(known.encode()).hexdigest(),
        "as_of": as_of[0][0].isoformat(sep=" ") if as_of and as_of[0][0] else None,
    }


def _make_folders(home: Home) -> None:
    home.published.mkdir(parents=True, exist_ok=True)
    home.coaching.mkdir(parents=True, exist_ok=True)
    home.coaching.chmod(0o700)


def _entries(root: Path, version: str | None) -> dict[str, Any]:
    if version is None or not (root / version / "MANIFEST.json").exists():
        return {}
    return read_manifest(root / version)["marts"]


def _manifest(
    version: str,
    parent: str | None,
    state: dict[str, Any],
    marts: list[Mart],
    entries: dict[str, Any],
    folder: Path,
) -> dict[str, Any]:
    records = {mart.name for mart in marts if mart.is_record}
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {
        "version": version,
        "parent": parent,
        "published_at": datetime.now(UTC).isoformat(timespec="seconds"),
        **state,
        "tools": tool_versions(),
        "marts": {name: entry for name, entry in entries.items() if name not in records},
        "records": {name: {"rows": entries[name]["rows"]} for name in sorted(records)},
        "files": {
            p.relative_to(folder).as_posix(): {"bytes": p.stat().st_size, "sha256": sha256_of(p)}
            for p in files
        },
    }


def _write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    replace_text(folder / "MANIFEST.json", json.dumps(manifest, indent=1, sort_keys=True) + "\n")
    (folder / "MANIFEST.json").chmod(0o444)
    sync_tree(folder)


def _has_same_content(
    home: Home, current: str, parts: dict[str, tuple[Path, dict[str, Any]]]
) -> bool:
    """Whether readers would see equal marts and records of equal deliveries."""
    for audience, root in (("coaching", home.coaching), ("public", home.published)):
        if not (root / current / "MANIFEST.json").exists():
            return False
        before, now = read_manifest(root / current), parts[audience][1]
        if any(before[key] != now[key] for key in ("marts", "records", "ledger_hash")):
            return False
    return True


def _is_same(home: Home, current: str, state: dict[str, Any]) -> bool:
    """Whether readers see these deliveries under this definition already.

    Marts are a pure function of the two, so nothing needs to be written to know.
    """
    for root in (home.published, home.coaching):
        if not (root / current / "MANIFEST.json").exists():
            return False
        before = read_manifest(root / current)
        if any(before[key] != state[key] for key in ("ledger_hash", "fingerprint")):
            return False
    return True
