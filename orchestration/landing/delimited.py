"""Delimited text: an exact reader, and a fast one for files that cannot be misread.

The fast one is DuckDB over a file without any quote, with one kind of line end and as many
records as physical lines; everything else goes through Python's csv module, line by line.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

import duckdb

from orchestration.landing.contract import Contract
from orchestration.landing.faults import FileFaultError, Loaded, Malformed
from orchestration.landing.header import fitness
from orchestration.landing.kinds import DeliveredFile, chunks
from orchestration.landing.relations import existing, load_rows, quoted

DELIMITERS = (",", ";", "\t", "|")
NO_NEWLINE = "no final newline: a cut inside the last field would not be seen"
csv.field_size_limit(2**31 - 1)


@dataclass
class _Scan:
    """One pass over the bytes: the controls that a parser's own count cannot replace."""

    byte_count: int = 0
    newline_count: int = 0
    return_count: int = 0
    pair_count: int = 0
    has_quote: bool = False
    has_nul: bool = False
    last: bytes = b""
    start: bytes = b""

    def add(self, piece: bytes) -> None:
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
    def line_count(self) -> int:
        ends = self.newline_count or self.return_count
        return ends + (self.byte_count > 0 and self.last not in (b"\n", b"\r"))

    @property
    def is_plain(self) -> bool:
        one_end = self.return_count in (0, self.newline_count) and (
            self.pair_count == self.return_count
        )
        return not self.has_quote and not self.has_nul and self.newline_count > 0 and one_end


@dataclass
class _Lines:
    """Physical lines as text; the places of the lines of the record being read are kept."""

    stream: BinaryIO
    encoding: str
    number: int = 0
    offset: int = 0
    pending: list[tuple[int, int, int, str]] = field(default_factory=list)

    def __iter__(self) -> Iterator[str]:
        for raw in self.stream:
            skipped = 0
            if self.number == 0 and raw.startswith(codecs.BOM_UTF8):
                skipped = len(codecs.BOM_UTF8)
            self.number += 1
            text = raw[skipped:].decode(self.encoding)
            end = "\r\n" if raw.endswith(b"\r\n") else "\n" if raw.endswith(b"\n") else ""
            self.pending.append((self.number, self.offset, len(raw), end))
            self.offset += len(raw)
            yield text


class DelimitedReader:
    """A csv, tsv or txt delivery under one contract; `header` holds its names.

    Raises FileFaultError: E_ENCODING, E_EMPTY, E_QUOTE, E_DIALECT, E_TRUNCATED.
    """

    def __init__(self, file: DeliveredFile, contract: Contract, is_fast: bool = True) -> None:
        self.file, self.contract, self.is_fast = file, contract, is_fast
        self.encoding = codecs.lookup(contract.encoding).name
        self.scan = _Scan()
        self._check_bytes()
        self.delimiter, self.header, self.header_lines = self._read_header()

    def load(self, connection: duckdb.DuckDBPyConnection, indices: Sequence[int]) -> Loaded:
        """Put the fields at `indices` into the relation `delivered`."""
        if self.is_fast and self.scan.is_plain and self.header_lines == 1 and self._is_utf8:
            try:
                return self._load_fast(connection, indices)
            except duckdb.Error:
                pass  # a short, long or blank line: the exact reader says which
        return self._load_exactly(connection, indices)

    @property
    def _is_utf8(self) -> bool:
        return self.encoding in ("utf-8", "ascii")

    def _check_bytes(self) -> None:
        decoder = codecs.getincrementaldecoder(self.encoding)()
        try:
            for piece in chunks(self.file):
                self.scan.add(piece)
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            raise self._encoding_fault() from None
        if self.scan.start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) and (
            not self.encoding.startswith("utf-16")
        ):
            raise self._encoding_fault()
        if self.scan.byte_count == 0:
            raise FileFaultError("E_EMPTY", _EMPTY.format("0 bytes"))

    def _encoding_fault(self) -> FileFaultError:
        place, found = "", "bytes that are not"
        if self.scan.start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
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
            f"the text is not {self.encoding}{place}; expected {self.encoding}, found {found}; "
            f'save it as UTF-8, or set encoding (such as "cp1252") under '
            f"[sources.{self.contract.source}] in settings.toml",
        )

    def _stream(self) -> BinaryIO:
        """The content; texts whose line ends are no single bytes, or old ones, are turned."""
        if self.encoding.startswith(("utf-16", "utf-32")):
            text = b"".join(chunks(self.file)).decode(self.encoding)
            return io.BytesIO(text.encode())
        if self.scan.newline_count == 0 and self.scan.return_count:
            return io.BytesIO(b"".join(chunks(self.file)).replace(b"\r", b"\n"))
        return self.file.open()

    def _records(
        self, delimiter: str
    ) -> Iterator[tuple[list[str], list[tuple[int, int, int, str]]]]:
        """Records with the places of their physical lines; the last may be malformed."""
        is_turned = self.encoding.startswith(("utf-16", "utf-32"))
        with self._stream() as stream:
            lines = _Lines(stream, "utf-8" if is_turned else self.encoding)
            reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
            while True:
                try:
                    record = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    first, last = lines.pending[0][0], lines.pending[-1][0]
                    raise _dialect_fault(str(error), first, last) from None
                yield record, lines.pending
                lines.pending = []

    def _read_header(self) -> tuple[str, list[str], int]:
        """The delimiter under which the header fits best, its names, its last physical line."""
        fixed = self.contract.delimiter
        best: tuple[int, str, list[str], int] | None = None
        fault: FileFaultError | None = None
        for delimiter in (fixed,) if fixed else DELIMITERS:
            try:
                found = next(
                    ((record, places) for record, places in self._records(delimiter) if record),
                    None,
                )
            except FileFaultError as error:
                fault = fault or error
                continue
            if found is None:
                raise FileFaultError("E_EMPTY", _EMPTY.format("blank lines only"))
            score = fitness(found[0], self.contract)
            if best is None or score > best[0]:
                best = (score, delimiter, found[0], found[1][-1][0])
        if best is None:
            raise fault or FileFaultError("E_EMPTY", _EMPTY.format("nothing"))
        if any("\0" in name for name in best[2]):
            raise self._encoding_fault()
        return best[1], best[2], best[3]

    def _load_fast(self, connection: duckdb.DuckDBPyConnection, indices: Sequence[int]) -> Loaded:
        read_count = self.scan.line_count - 1
        columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(len(self.header)))
        line_end = r"\r\n" if self.scan.return_count else r"\n"
        scan = (
            f"read_csv({existing(self.file.path)}, auto_detect = false, header = false, "
            f"skip = 1, delim = {quoted(self.delimiter)}, quote = '', escape = '', "
            f"nullstr = '\x01\x02', null_padding = false, strict_mode = true, "
            f"new_line = '{line_end}', "
            f"compression = '{'gzip' if self.file.is_gzipped else 'none'}', "
            f"columns = {{{columns}}})"
        )
        counted = connection.execute(f"select count(*) from {scan}").fetchone()
        if counted is None or counted[0] != read_count:
            raise duckdb.Error("records and physical lines differ")
        wanted = "".join(f", c{index}" for index in indices)
        connection.execute(
            "create or replace temp view delivered as "
            f"select row_number() over () + 1 as line_number{wanted} from {scan}"
        )
        return Loaded(read_count, self.scan.line_count, warnings=self._warnings())

    def _load_exactly(
        self, connection: duckdb.DuckDBPyConnection, indices: Sequence[int]
    ) -> Loaded:
        malformed: list[Malformed] = []
        width = len(self.header)
        ends: set[str] = set()

        def rows() -> Iterator[tuple[int, list[str]]]:
            for record, places in self._records(self.delimiter):
                ends.add(places[-1][3])
                number = places[0][0]
                if not record or number <= self.header_lines:
                    continue
                if len(record) == width:
                    yield number, record
                else:
                    size = sum(place[2] for place in places)
                    malformed.append(
                        Malformed(number, places[0][1], size, "E_COLUMNS",
                                  f"{width} fields", f"{len(record)} fields")
                    )  # fmt: skip

        accepted = load_rows(connection, rows(), indices)
        if {"\n", "\r\n"} <= ends:
            raise FileFaultError(
                "E_DIALECT",
                "lines end in two ways (LF and CR LF); expected one way in one file, as two "
                "mean that pieces were pasted together; save it again with one kind of line end",
            )
        return Loaded(
            accepted + len(malformed), self.scan.line_count, tuple(malformed), self._warnings()
        )

    def _warnings(self) -> tuple[str, ...]:
        return () if self.scan.last in (b"\n", b"\r") else (NO_NEWLINE,)


_EMPTY = (
    "the file holds no rows; expected a header and at least one row, found {}; deliver it again, "
    "or set may_be_empty in settings.toml where days without rows are normal"
)


def _dialect_fault(error: str, first: int, last: int) -> FileFaultError:
    if "new-line" in error:
        return FileFaultError(
            "E_DIALECT",
            f"line {last} holds a lone carriage return; expected one kind of line end; "
            "save the file again with one kind of line end",
        )
    what = "is not closed" if "end of data" in error else "is followed by more text"
    what = re.sub(r"^", "a quoted field ", what)
    return FileFaultError(
        "E_QUOTE",
        f"{what} in the record that begins on line {first} (seen on line {last}); expected each "
        'quote to be closed before the next delimiter and quotes inside a text to be doubled ("");'
        " correct that line and deliver the file again: as it is, lines cannot be told apart",
    )
