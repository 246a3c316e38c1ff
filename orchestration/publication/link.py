"""The path that readers are given, `current`: a link to a version, or a copy of its small file."""

import os
import shutil
from pathlib import Path

from orchestration.durable import move_into_place, sha256_of, sync

LINK = "current"
DATABASE = "marts.duckdb"


def show(root: Path, version: str) -> None:
    """Let `root/current` lead to the version directory beside it, in one step for readers.

    Where the file system knows no links, `current` is a folder with a copy of `marts.duckdb`,
    which is exchanged as one file.
    """
    link = root / LINK
    if link.is_symlink() and link.readlink() == Path(version):
        return
    aside = root / f".tmp-{os.getpid()}-{LINK}"
    aside.unlink(missing_ok=True)
    try:
        aside.symlink_to(version, target_is_directory=True)
    except (OSError, NotImplementedError):
        _copy(root, version)
        return
    if link.is_dir() and not link.is_symlink():
        # A home that was copied link by link holds a folder here; no link can take its place.
        link.rename(root / f".tmp-{os.getpid()}-copied")
    aside.replace(link)
    sync(root)


def _copy(root: Path, version: str) -> None:
    folder, source = root / LINK, root / version / DATABASE
    if folder.is_symlink():
        folder.unlink()
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name != DATABASE:
            # What a copy of a whole version left would stay behind the small file for ever.
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shown = folder / DATABASE
    if shown.exists() and sha256_of(shown) == sha256_of(source):
        return
    aside = root / f".tmp-{os.getpid()}-{DATABASE}"
    aside.unlink(missing_ok=True)
    shutil.copy(source, aside)
    move_into_place(aside, shown)
