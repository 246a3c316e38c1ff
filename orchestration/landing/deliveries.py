"""Files as people put them down, and the small memory of those seen before."""

import json
from collections.abc import Collection, Iterator
from pathlib import Path

from orchestration.durable import write_json
from orchestration.errors import explained, visible
from orchestration.home import Home
from orchestration.landing.readers.kinds import DeliveredFile, name_of
from orchestration.spelling import nearest

_UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart", ".aside")


def is_delivery(path: Path, below: Path) -> bool:
    """A file that is meant: no hidden one, no lock of an office program, nothing unfinished."""
    parts = path.relative_to(below).parts
    hidden = any(part.startswith((".", "~$")) for part in parts)
    is_meant = not hidden and path.suffix.lower() not in _UNFINISHED
    return is_meant and path.is_file() and not _is_unfollowed(path, below)


def found_files(home: Home) -> Iterator[tuple[str, str, Path]]:
    """(source, table, path) of every delivery, in the order of their paths.

    Source or table is empty for a file that lies above a table's folder.
    """
    for path in sorted(home.deliveries.rglob("*")):
        if is_delivery(path, home.deliveries):
            folders = path.relative_to(home.deliveries).parts[:-1]
            source, table, *_ = (*folders, "", "")
            yield source, table, path


def unfollowed_links(home: Home) -> Iterator[tuple[str, str, Path, str]]:
    """(source, table, path, why) of every symbolic link that is not read, in order.

    A link could bring in any file of the machine, or bring the same folder twice.
    """
    for path in sorted(home.deliveries.rglob("*")):
        parts = path.relative_to(home.deliveries).parts
        if any(part.startswith((".", "~$")) for part in parts):
            continue
        if _is_unfollowed(path, home.deliveries):
            source, table, *_ = (*parts[:-1], "", "")
            yield source, table, path, _link_text(path)


def _is_unfollowed(path: Path, below: Path) -> bool:
    """A link to a folder, to nothing, or out of `below`."""
    if not path.is_symlink():
        return False
    return not path.is_file() or not path.resolve().is_relative_to(below.resolve())


def _link_text(path: Path) -> str:
    kind = "a folder" if path.is_dir() else "a file" if path.is_file() else "nothing that is there"
    where = "" if kind == "a folder" or not path.exists() else " outside deliveries/"
    return explained(
        f"a link to {kind}{where}; it is not followed",
        expected="the files themselves, or links to files under deliveries/",
        to_do="copy the files here, and remove the link",
    )


def misplaced_text(source: str, table: str, known: Collection[tuple[str, str]]) -> str:
    """Why a folder is none of the `known` (source, table), and where its files may belong."""
    tables = sorted(one for of, one in known if of == source)
    if tables:
        what, word, words = f"{visible(source)} has no such raw table", table, tables
    else:
        what, word, words = "there is no such source", source, sorted({of for of, _ in known})
    return explained(
        what,
        expected=f"deliveries/<source>/<raw table>/<file>, with one of {', '.join(words)}",
        found=f'"{visible(word)}"{nearest(word, words)}',
        to_do="move the file",
    )


class Seen:
    """`state/seen.json`: path -> size, time and sha256, so that known files are not read again.

    Losing it costs time and nothing else.
    """

    def __init__(self, home: Home) -> None:
        self.path = home.state / "seen.json"
        self.root = home.deliveries
        try:
            self.known: dict[str, list[object]] = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError):
            self.known = {}
        self.present: dict[str, list[object]] = {}

    def digest(self, file: DeliveredFile) -> tuple[str, bool]:
        """The sha256 of the file, and whether it is remembered from an earlier run.

        Raises UnstableError if the file changes while it is read.
        """
        name = name_of(file.path, self.root)
        known = self.known.get(name)
        is_known = bool(known and known[:2] == [file.byte_count, file.modified_ns])
        digest = str(known[2]) if known and is_known else file.digest()
        self.present[name] = [file.byte_count, file.modified_ns, digest]
        return digest, is_known

    def forget(self, file: DeliveredFile) -> None:
        """Read this file again next time."""
        self.present.pop(name_of(file.path, self.root), None)

    def save(self) -> None:
        """Remember the files that are there now."""
        if self.present != self.known:
            write_json(self.path, self.present)
