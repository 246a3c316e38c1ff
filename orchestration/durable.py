"""Files that survive a power cut, and the proof that they did."""

import hashlib
import json
import os
from pathlib import Path


def replace_text(path: Path, text: str) -> None:
    """Write a small UTF-8 file so that a reader sees the old or the new text, never a part.

    What an interrupted call leaves begins with `.tmp-` and ends in `.aside`.
    """
    aside = path.with_name(f".tmp-{os.getpid()}-{path.name}.aside")
    aside.write_text(text, "utf-8")
    move_into_place(aside, path)


def write_json(path: Path, values: object) -> None:
    """Write a JSON file, and the folders above it, so that it is complete or absent."""
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_text(path, json.dumps(values, ensure_ascii=False, indent=1) + "\n")


def move_into_place(aside: Path, path: Path) -> None:
    """Make a finished file durable under its final name; folders above it are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sync(aside)
    aside.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Force one file, or the names in one folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Force every file and folder below `folder`, and itself, to the disk."""
    for path in [*folder.rglob("*"), folder]:
        sync(path)


def sha256_of(path: Path) -> str:
    """Hex sha256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
