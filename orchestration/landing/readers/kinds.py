"""What a delivered file is: by its bytes, checked against its name."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from orchestration.durable import sha256_of
from orchestration.errors import visible
from orchestration.landing.faults import FileFaultError, UnstableError

KINDS = {
    ".csv": "delimited",
    ".tsv": "delimited",
    ".txt": "delimited",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "json",
    ".xlsx": "workbook",
    ".parquet": "parquet",
}
CHUNK = 1 << 20


def name_of(path: Path, folder: Path) -> str:
    """The path below `folder`; controls and bytes that are no UTF-8 are written as escapes."""
    return visible(path.relative_to(folder).as_posix())


@dataclass(frozen=True)
class DeliveredFile:
    """One file under `deliveries/`, with the size and time at which it was first seen."""

    path: Path
    file_name: str
    byte_count: int
    modified_ns: int

    @classmethod
    def seen(cls, path: Path, table_folder: Path) -> "DeliveredFile":
        """The file as it stands now; `file_name` is relative to its table's folder."""
        stat = path.stat()
        return cls(path, name_of(path, table_folder), stat.st_size, stat.st_mtime_ns)

    def check_unchanged(self) -> None:
        """Raises UnstableError if the file was touched since it was first seen."""
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            raise UnstableError from None
        if (stat.st_size, stat.st_mtime_ns) != (self.byte_count, self.modified_ns):
            raise UnstableError

    def digest(self) -> str:
        """sha256 (hex) of the file's bytes."""
        digest = sha256_of(self.path)
        self.check_unchanged()
        return digest

    @property
    def has_unicode_path(self) -> bool:
        """DuckDB opens no path whose bytes are no UTF-8."""
        return not any("\ud800" <= letter <= "\udfff" for letter in str(self.path))

    @property
    def is_gzipped(self) -> bool:
        """By its name; `kind` proves it by the bytes."""
        return self.path.suffix.lower() == ".gz"

    def open(self) -> BinaryIO:
        """The content, unpacked where the name ends in .gz."""
        if self.is_gzipped:
            return cast(BinaryIO, gzip.open(self.path, "rb"))
        return self.path.open("rb")

    def kind(self) -> str:
        """`delimited`, `lines`, `json`, `workbook` or `parquet`.

        Raises FileFaultError E_NOT_WHAT_IT_SAYS where name and bytes disagree, E_TRUNCATED where
        the end of a gz, a workbook or a Parquet file is missing.
        """
        suffixes = [suffix.lower() for suffix in self.path.suffixes]
        if self.is_gzipped:
            suffixes = suffixes[:-1]
        suffix = suffixes[-1] if suffixes else ""
        if suffix not in KINDS:
            raise FileFaultError(
                "E_NOT_WHAT_IT_SAYS",
                "the ending of the name is none that is read",
                expected=f"one of {', '.join(sorted(KINDS))}, or one of them with .gz",
                found=f'"{visible(suffix or self.path.suffix)}"',
                to_do="save the list as csv or xlsx and deliver it again",
            )
        with self.path.open("rb") as file:
            start = file.read(4)
        if self.is_gzipped:
            if self.byte_count and start[:2] != b"\x1f\x8b":
                raise _says("a gz archive", "other bytes", "rename it without .gz")
            start = b"".join(chunks(self, 4))[:4] if self.byte_count else b""
        self._check_start(KINDS[suffix], start)
        return KINDS[suffix]

    def _check_start(self, kind: str, start: bytes) -> None:
        names = {"workbook": b"PK\x03\x04", "parquet": b"PAR1"}
        signs = {**names, "gz archive": b"\x1f\x8b"}
        found = next((name for name, sign in signs.items() if start.startswith(sign)), "text")
        if kind in names and found != kind and start:
            raise _says(f"a {kind}", f"a {found}", "give it the ending of what it is")
        if kind not in names and found != "text":
            raise _says("text", f"a {found}", "give it the ending of what it is")


def chunks(file: DeliveredFile, at_most: int | None = None) -> Iterator[bytes]:
    """The content in pieces.

    Raises FileFaultError E_TRUNCATED for a gz that ends early or is torn.
    """
    taken = 0
    try:
        with file.open() as stream:
            while at_most is None or taken < at_most:
                piece = stream.read(CHUNK)
                if not piece:
                    return
                taken += len(piece)
                yield piece
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise truncated(f"the gz archive cannot be unpacked to its end ({error})") from None


def truncated(found: str) -> FileFaultError:
    """E_TRUNCATED: the end of the file is missing."""
    return FileFaultError(
        "E_TRUNCATED",
        found,
        expected="a complete file",
        to_do="copy it again from where it was made",
    )


def _says(expected: str, found: str, to_do: str) -> FileFaultError:
    return FileFaultError(
        "E_NOT_WHAT_IT_SAYS",
        "the file is not what its name says",
        expected=expected,
        found=found,
        to_do=to_do,
    )
