"""Delimited text: an exact reader, and a fast one for files that cannot be misread.

The fast one is DuckDB over a file without any quote, with one kind of line end and as many
records as physical lines; everything else goes through Python's csv module, line by line.
"""

from collections.abc import Iterator, Sequence

import duckdb

from orchestration.landing.contract import Contract
from orchestration.landing.faults import FileFaultError, Loaded, Malformed, empty_fault
from orchestration.landing.header.header import fitness
from orchestration.landing.readers.delimited_text import DelimitedText
from orchestration.landing.readers.kinds import DeliveredFile
from orchestration.landing.relations import existing, load_rows, quoted

DELIMITERS = (",", ";", "\t", "|")
NO_NEWLINE = "no final newline: a cut inside the last field would not be seen"


class DelimitedReader:
    """A csv, tsv or txt delivery under one contract; `header` holds its names.

    Raises FileFaultError: E_ENCODING, E_EMPTY, E_QUOTE, E_DIALECT, E_TRUNCATED.
    """

    def __init__(self, file: DeliveredFile, contract: Contract, is_fast: bool = True) -> None:
        self.file, self.contract, self.is_fast = file, contract, is_fast
        self.text = DelimitedText(file, contract.encoding, contract.source)
        self.delimiter, self.header, self.header_lines = self._read_header()

    def load(self, connection: duckdb.DuckDBPyConnection, indices: Sequence[int]) -> Loaded:
        """Put the fields at `indices` into the relation `delivered`."""
        is_one_record_a_line = self.text.scan.is_plain and self.header_lines == 1
        is_readable = self.text.is_utf8 and self.file.has_unicode_path
        if self.is_fast and is_one_record_a_line and is_readable:
            try:
                return self._load_fast(connection, indices)
            except duckdb.Error:
                pass  # a short, long or blank line: the exact reader says which
        return self._load_exactly(connection, indices)

    def _read_header(self) -> tuple[str, list[str], int]:
        """The delimiter under which the header fits best, its names, its last physical line."""
        fixed = self.contract.delimiter
        best: tuple[int, str, list[str], int] | None = None
        fault: FileFaultError | None = None
        for delimiter in (fixed,) if fixed else DELIMITERS:
            try:
                found = next(
                    ((record, places) for record, places in self.text.records(delimiter) if record),
                    None,
                )
            except FileFaultError as error:
                fault = fault or error
                continue
            if found is None:
                raise empty_fault("blank lines only")
            score = fitness(found[0], self.contract)
            if best is None or score > best[0]:
                best = (score, delimiter, found[0], found[1][-1].number)
        if best is None:
            raise fault or empty_fault("nothing")
        if any("\0" in name for name in best[2]):
            raise self.text.encoding_fault()
        return best[1], best[2], best[3]

    def _load_fast(self, connection: duckdb.DuckDBPyConnection, indices: Sequence[int]) -> Loaded:
        read_count = self.text.scan.line_count - 1
        columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(len(self.header)))
        line_end = r"\r\n" if self.text.scan.return_count else r"\n"
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
        return Loaded(read_count, self.text.scan.line_count, warnings=self._warnings())

    def _load_exactly(
        self, connection: duckdb.DuckDBPyConnection, indices: Sequence[int]
    ) -> Loaded:
        malformed: list[Malformed] = []
        width = len(self.header)
        ends: set[str] = set()

        def rows() -> Iterator[tuple[int, list[str]]]:
            for record, places in self.text.records(self.delimiter):
                ends.add(places[-1].end)
                number = places[0].number
                if not record or number <= self.header_lines:
                    continue
                if len(record) == width:
                    yield number, record
                else:
                    size = sum(place.byte_count for place in places)
                    malformed.append(
                        Malformed(number, places[0].byte_offset, size, "E_COLUMNS",
                                  f"{width} fields", f"{len(record)} fields")
                    )  # fmt: skip

        accepted = load_rows(connection, rows(), indices)
        if {"\n", "\r\n"} <= ends and not self.contract.may_mix_line_ends:
            raise FileFaultError(
                "E_DIALECT",
                "lines end in two ways",
                expected="one way in one file, as two mean that pieces were pasted together",
                found="LF and CR LF",
                to_do="save it again with one kind of line end",
            )
        return Loaded(
            accepted + len(malformed), self.text.scan.line_count, tuple(malformed), self._warnings()
        )

    def _warnings(self) -> tuple[str, ...]:
        return () if self.text.scan.has_final_newline else (NO_NEWLINE,)
