"""Physical lines of a text file, counted on the bytes and read one by one.

A parser's own count cannot replace the first: it counts what it understood.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple


@dataclass
class ByteScan:
    """Counts of line ends (`pair_count`: CR LF), and the first four bytes in `start`."""

    byte_count: int = 0
    newline_count: int = 0
    return_count: int = 0
    pair_count: int = 0
    has_quote: bool = False
    has_nul: bool = False
    last: bytes = b""
    start: bytes = b""

    def add(self, piece: bytes) -> None:
        """Take the next piece of the content."""
        if not self.start:
            self.start = piece[:4]
        self.byte_count += len(piece)
        self.newline_count += piece.count(b"\n")
        self.return_count += piece.count(b"\r")
        self.pair_count += piece.count(b"\r\n")
        self.pair_count += self.last == b"\r" and piece.startswith(b"\n")
        self.has_quote = self.has_quote or b'"' in piece
        self.has_nul = self.has_nul or b"\0" in piece
        self.last = piece[-1:]

    @property
    def has_final_newline(self) -> bool:
        """The content ends with a line end."""
        return self.last in (b"\n", b"\r")

    @property
    def is_marked_utf16(self) -> bool:
        """The content begins with a byte order mark of UTF-16."""
        return self.start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

    @property
    def line_count(self) -> int:
        """Physical lines; the last one may lack its end."""
        ends = self.newline_count or self.return_count
        return ends + (self.byte_count > 0 and not self.has_final_newline)

    @property
    def is_plain(self) -> bool:
        """No quote, no NUL, one kind of line end: each line is a record."""
        one_end = self.return_count in (0, self.newline_count) and (
            self.pair_count == self.return_count
        )
        return not self.has_quote and not self.has_nul and self.newline_count > 0 and one_end


class Line(NamedTuple):
    """One physical line: its number from 1, its bytes, and how it ends."""

    number: int
    byte_offset: int
    byte_count: int
    end: str


@dataclass
class Lines:
    """Physical lines as text; those of the record that is being read are kept in `pending`."""

    stream: BinaryIO
    encoding: str
    number: int = 0
    offset: int = 0
    pending: list[Line] = field(default_factory=list)

    def __iter__(self) -> Iterator[str]:
        for raw in self.stream:
            skipped = 0
            if self.number == 0 and raw.startswith(codecs.BOM_UTF8):
                skipped = len(codecs.BOM_UTF8)
            self.number += 1
            text = raw[skipped:].decode(self.encoding)
            end = "\r\n" if raw.endswith(b"\r\n") else "\n" if raw.endswith(b"\n") else ""
            self.pending.append(Line(self.number, self.offset, len(raw), end))
            self.offset += len(raw)
            yield text
