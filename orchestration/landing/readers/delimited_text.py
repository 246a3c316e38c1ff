"""The content of a delimited file as records: decoded, split, with the place of each line."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from orchestration.landing.faults import FileFaultError, empty_fault
from orchestration.landing.readers.kinds import DeliveredFile, chunks
from orchestration.landing.readers.lines import ByteScan, Line, Lines

csv.field_size_limit(2**31 - 1)


class DelimitedText:
    """The text of a file under one encoding; `scan` is what its bytes look like.

    Raises FileFaultError: E_ENCODING, E_EMPTY, E_TRUNCATED. `source` is named in messages.
    """

    def __init__(self, file: DeliveredFile, encoding: str, source: str) -> None:
        self.file, self.source = file, source
        self.encoding = codecs.lookup(encoding).name
        self.scan = ByteScan()
        self._check_bytes()

    @property
    def is_utf8(self) -> bool:
        """Any engine can read the bytes as they are."""
        return self.encoding in ("utf-8", "ascii")

    @property
    def is_wide(self) -> bool:
        """Characters are more than one byte each, so that lines are found after decoding."""
        return self.encoding.startswith(("utf-16", "utf-32"))

    def records(self, delimiter: str) -> Iterator[tuple[list[str], list[Line]]]:
        """Fields of each record with its physical lines; a blank line has no field.

        Raises FileFaultError E_QUOTE, E_DIALECT where records cannot be told apart.
        """
        with self._stream() as stream:
            lines = Lines(stream, "utf-8" if self.is_wide else self.encoding)
            reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
            while True:
                try:
                    record = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    first, last = lines.pending[0].number, lines.pending[-1].number
                    raise _dialect_fault(str(error), first, last) from None
                yield record, lines.pending
                lines.pending = []

    def encoding_fault(self) -> FileFaultError:
        """E_ENCODING, naming the first byte that does not fit."""
        place, found = "", "other bytes"
        if self.scan.is_marked_utf16:
            place, found = " at byte 0 (line 1)", "UTF-16"
        else:
            offset = 0
            for number, raw in enumerate(self._stream(), start=1):
                try:
                    raw.decode(self.encoding)
                except UnicodeDecodeError as error:
                    place = f" at byte {offset + error.start} (line {number})"
                    found = f"the byte 0x{raw[error.start]:02x}"
                    break
                offset += len(raw)
        return FileFaultError(
            "E_ENCODING",
            f"the text is not {self.encoding}{place}",
            expected=self.encoding,
            found=found,
            to_do='save it as UTF-8, or set encoding (such as "cp1252") under '
            f"[sources.{self.source}] in settings.toml",
        )

    def _check_bytes(self) -> None:
        decoder = codecs.getincrementaldecoder(self.encoding)()
        try:
            for piece in chunks(self.file):
                self.scan.add(piece)
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            raise self.encoding_fault() from None
        if self.scan.is_marked_utf16 and not self.encoding.startswith("utf-16"):
            raise self.encoding_fault()
        if self.scan.byte_count == 0:
            raise empty_fault("0 bytes")

    def _stream(self) -> BinaryIO:
        """The content; texts whose line ends are no single bytes, or old ones, are turned."""
        if self.is_wide:
            text = b"".join(chunks(self.file)).decode(self.encoding)
            return io.BytesIO(text.encode())
        if self.scan.newline_count == 0 and self.scan.return_count:
            return io.BytesIO(b"".join(chunks(self.file)).replace(b"\r", b"\n"))
        return self.file.open()


def _dialect_fault(error: str, first: int, last: int) -> FileFaultError:
    if "new-line" in error:
        return FileFaultError(
            "E_DIALECT",
            f"line {last} holds a lone carriage return",
            expected="one kind of line end",
            to_do="save the file again with one kind of line end",
        )
    what = "is not closed" if "end of data" in error else "is followed by more text"
    return FileFaultError(
        "E_QUOTE",
        f"a quoted field {what} in the record that begins on line {first}",
        expected="each quote to be closed before the next delimiter, and quotes inside a text to "
        'be doubled ("")',
        found=f"the fault on line {last}",
        to_do="correct that line and deliver the file again: as it is, lines cannot be told apart",
    )
