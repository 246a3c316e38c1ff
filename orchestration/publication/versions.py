"""Version directories, and the one pointer that says which of them is read."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from orchestration.durable import sha256_of
from orchestration.errors import TelltaleError, explained, visible
from orchestration.home import Home


def current_version(home: Home) -> str | None:
    """Name of the version that readers see, such as `v000012`; None before the first."""
    pointer = home.published / "CURRENT"
    return pointer.read_text("utf-8").strip() if pointer.exists() else None


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of one version directory."""
    return json.loads((folder / "MANIFEST.json").read_text("utf-8"))


def versions(home: Home) -> list[str]:
    """Complete versions on disk, oldest first."""
    if not home.published.exists():
        return []
    return sorted(p.name for p in home.published.iterdir() if re.fullmatch(r"v\d{6}", p.name))


def next_version(home: Home) -> str:
    """The name after the greatest one that either audience ever used and still has."""
    used = [*versions(home)]
    if home.coaching.exists():
        used += [p.name for p in home.coaching.iterdir() if re.fullmatch(r"v\d{6}", p.name)]
    return f"v{max((int(name[1:]) for name in used), default=0) + 1:06d}"


def sweep(home: Home, kept_count: int) -> None:
    """Remove what a killed publication left, and all but `kept_count` versions.

    The caller holds the locks of home and pointer, so nothing here is being written or served
    anew. The version that readers see always stays, however old a pin has made it.
    """
    current = current_version(home)
    complete = versions(home)
    kept = {*complete[-kept_count:], *([current] if current else [])}
    for folder in (home.published, home.coaching):
        if not folder.exists():
            continue
        for path in folder.iterdir():
            is_old = re.fullmatch(r"v\d{6}", path.name) and path.name not in kept
            if path.name.startswith(".tmp-") or is_old:
                is_folder = path.is_dir() and not path.is_symlink()
                shutil.rmtree(path) if is_folder else path.unlink()


def _no_such_version(home: Home, name: str) -> TelltaleError:
    current, there = current_version(home), versions(home)
    named = [f"{one} (current)" if one == current else one for one in there]
    return TelltaleError(
        explained(
            f'there is no version "{visible(name)}"; older ones go when new ones are published',
            expected=f"one of {', '.join(named)}" if there else "a version, and none is there yet",
        )
    )


def verify(home: Home, version: str | None = None) -> int:
    """Check every byte of a version against its manifests; return the number of files.

    Raises TelltaleError where there is no such version, and naming each file that is missing,
    added or not what was published.
    """
    name = version or current_version(home)
    if name is None:
        raise TelltaleError(f"Nothing is published in {home.root} yet.")
    if not re.fullmatch(r"v\d{6}", name) or not any(
        (root / name).exists() for root in (home.published, home.coaching)
    ):
        raise _no_such_version(home, name)
    checked, wrong = 0, []
    for root in (home.published / name, home.coaching / name):
        if not (root / "MANIFEST.json").exists():
            wrong.append(f"{root}: no MANIFEST.json")
            continue
        listed = read_manifest(root)["files"]
        found = {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}
        wrong += [
            f"{root / extra}: not published" for extra in sorted(found - {"MANIFEST.json", *listed})
        ]
        for relative, known in listed.items():
            path = root / relative
            checked += 1
            if not path.exists():
                wrong.append(f"{path}: missing")
            elif path.stat().st_size != known["bytes"] or sha256_of(path) != known["sha256"]:
                wrong.append(f"{path}: its bytes are not the published ones")
    if wrong:
        raise TelltaleError(
            f"Version {name} is damaged; do not use its figures:\n"
            + "\n".join(f"- {line}" for line in wrong)
            + "\nPublish again with `telltale publish --again`."
        )
    return checked
