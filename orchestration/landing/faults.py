"""What can be wrong with a file or a line, and how it is said."""

from dataclasses import dataclass


class FileFaultError(Exception):
    """A whole file cannot come in. `code` is its reason, the message is for a person.

    The message says what is wrong, where, what was expected, what was found and what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class UnstableError(Exception):
    """The file changed while it was read: it is left for the next run."""


@dataclass(frozen=True)
class Malformed:
    """A line whose columns cannot be told apart: only its place is kept, never its text."""

    line_number: int
    byte_offset: int
    byte_count: int
    reason_code: str
    expected_text: str
    found_text: str


@dataclass(frozen=True)
class Loaded:
    """What a reader put into the relation `delivered`.

    `read_count` counts records, malformed ones included; `line_count` physical lines (or rows
    of a sheet, or elements); `native_types` are DuckDB types by header index where columns
    came typed.
    """

    read_count: int
    line_count: int
    malformed: tuple[Malformed, ...] = ()
    warnings: tuple[str, ...] = ()
    native_types: dict[int, str] | None = None
