"""What can be wrong with a file or a line, and how it is said."""

from dataclasses import dataclass

from orchestration.errors import explained


class FileFaultError(Exception):
    """A whole file cannot come in. `code` is its reason, the message is for a person.

    The message says what is wrong and where, what was expected, what was found and what to do;
    the parts are those of `explained`.
    """

    def __init__(
        self,
        code: str,
        what: str,
        *details: str,
        expected: str | None = None,
        found: str | None = None,
        to_do: str,
    ) -> None:
        self.code = code
        self.message = explained(what, *details, expected=expected, found=found, to_do=to_do)
        super().__init__(self.message)


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


def empty_fault(found: str) -> FileFaultError:
    """E_EMPTY: the file holds no row."""
    return FileFaultError(
        "E_EMPTY",
        "the file holds no rows",
        expected="a header and at least one row",
        found=found,
        to_do="deliver it again, or set may_be_empty in settings.toml where days without rows "
        "are normal",
    )
