"""JSON: one object per line, or one array of objects; values become their own text."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

import duckdb

from orchestration.landing.contract import Contract
from orchestration.landing.faults import FileFaultError, Loaded, Malformed, empty_fault
from orchestration.landing.readers.kinds import DeliveredFile, chunks, truncated
from orchestration.landing.relations import load_rows


class _TwiceError(ValueError):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _TwiceError("a name stands twice in one object")
    return found


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON value")


def _parsed(text: str) -> Any:
    """Numbers stay as they are written, so that no digit is lost."""
    return json.loads(
        text,
        parse_int=_Number,
        parse_float=_Number,
        parse_constant=_refuse_constant,
        object_pairs_hook=_object,
    )


class _Number(str):
    """A JSON number in its own digits."""


def value_text(value: Any) -> str | None:
    """The text of a JSON value; nested values keep their JSON."""
    if value is None:
        return None
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class DocumentReader:
    """A json, jsonl or ndjson delivery; `header` is the union of the objects' names in order.

    Raises FileFaultError: E_ENCODING, E_EMPTY, E_TRUNCATED, E_NOT_WHAT_IT_SAYS.
    """

    def __init__(self, file: DeliveredFile, contract: Contract, is_array: bool) -> None:
        data = b"".join(chunks(file))
        try:
            self.text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise FileFaultError(
                "E_ENCODING",
                f"the text is not utf-8 at byte {error.start} (line {line})",
                expected="utf-8, as JSON always is",
                found=f"the byte 0x{data[error.start]:02x}",
                to_do="save it as UTF-8",
            ) from None
        self.malformed: list[Malformed] = []
        self.elements = self._array() if is_array else None
        self.line_count = self.text.count("\n") + (not self.text.endswith("\n"))
        names: dict[str, None] = {}
        for _, element in self._objects():
            names.update(dict.fromkeys(element))
        self.header = list(names)
        if not names and not self.malformed:
            raise empty_fault("no object")

    def load(self, connection: duckdb.DuckDBPyConnection, indices: Sequence[int]) -> Loaded:
        """Put the values of the names at `indices` into the relation `delivered`."""
        wanted = {index: self.header[index] for index in indices}
        positions = range(len(indices))

        def rows() -> Iterator[tuple[int, list[str | None]]]:
            for number, element in self._objects():
                yield number, [value_text(element.get(name)) for name in wanted.values()]

        count = load_rows(connection, rows(), positions)
        renamed = ", ".join(
            f"c{position} as c{index}" for position, index in zip(positions, wanted, strict=True)
        )
        if renamed and list(positions) != list(wanted):
            connection.execute(
                f"create or replace temp table delivered as select line_number, {renamed} "
                "from delivered"
            )
        return Loaded(count + len(self.malformed), self.line_count, tuple(self.malformed))

    def _array(self) -> list[Any]:
        try:
            document = _parsed(self.text)
        except json.JSONDecodeError as error:
            if error.pos >= len(self.text.rstrip()) - 1 or "Unterminated" in error.msg:
                raise truncated(f"the JSON ends early (line {error.lineno})") from None
            what = f"{error.msg} on line {error.lineno}, column {error.colno}"
            raise _no_list(f"the file is no JSON: {what}") from None
        except ValueError as error:
            raise _no_list(f"the file is no plain JSON: {error}") from None
        if not isinstance(document, list) or not all(isinstance(one, dict) for one in document):
            raise _no_list("the file is JSON but no list of rows")
        return document

    def _objects(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Rows with their line (or place in the array); what is no row becomes malformed."""
        if self.elements is not None:
            yield from enumerate(self.elements, start=1)
            return
        self.malformed, offset = [], 0
        lines = self.text.split("\n")
        for number, line in enumerate(lines, start=1):
            size = len(line.encode()) + 1
            if line.strip():
                try:
                    element = _parsed(line)
                    if not isinstance(element, dict):
                        raise ValueError("no object")
                    yield number, element
                except ValueError as error:
                    if number == len(lines):
                        raise truncated(f"line {number} is no complete object") from None
                    what = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
                    self.malformed.append(
                        Malformed(number, offset, size, "E_JSON", "one object", what)
                    )
            offset += size


def _no_list(what: str) -> FileFaultError:
    return FileFaultError(
        "E_NOT_WHAT_IT_SAYS",
        what,
        expected="one array of objects, with each name once in an object",
        to_do="correct it where it is made; if each line is an object, let the name end in .jsonl",
    )
