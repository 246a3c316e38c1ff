"""What settings.toml says about sources, against what their contracts know."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from orchestration.errors import TelltaleError, explained
from orchestration.landing.contract import Contract
from orchestration.landing.header.column import Column
from orchestration.landing.header.names import normalised
from orchestration.settings import Settings, SourceSettings
from orchestration.settings_columns import FILE_DATE
from orchestration.spelling import nearest


def check_settings(settings: Settings, contracts: Mapping[tuple[str, str], Contract]) -> None:
    """Raises TelltaleError where settings.toml names a source or a column that nobody knows.

    And for what could have no effect or a wrong one: a date of a column without one, words of a
    number, a unit of what is no time, and one value for a key, which would make its rows versions
    of one.
    """
    known: dict[str, list[Contract]] = {}
    for (source, _), contract in contracts.items():
        known.setdefault(source, []).append(contract)
    for source, changes in settings.sources.items():
        if source not in known:
            raise _unknown(f"[sources.{source}] is no source", source, known)
        _Source(source, changes, known[source]).check()


@dataclass(frozen=True)
class _Source:
    """The settings of one source against the contracts of its tables."""

    name: str
    changes: SourceSettings
    contracts: list[Contract]

    def check(self) -> None:
        for kind in ("aliases", "constants", "words", "units", "keys"):
            for key, value in getattr(self.changes, kind).items():
                name, _, part = key.partition(".")
                if name not in self._names():
                    what = f"[sources.{self.name}.{kind}] names no column of that source"
                    raise _unknown(what, name, self._names())
                if part and not self._is_any(name, lambda one: one.data_type == "timestamp"):
                    raise self._fault(kind, key, "an instant: only those have a date and a clock")
                for expected, found in _CHECKS[kind](self, key, value):
                    raise self._fault(kind, key, expected, found)
        marks = {self.changes.decimal_mark or one.decimal_mark for one in self.contracts}
        if self.changes.thousands_mark in marks:
            mark = repr(self.changes.thousands_mark)
            raise TelltaleError(
                explained(
                    f"settings.toml: [sources.{self.name}] thousands_mark is the decimal mark too",
                    expected="two marks: name the decimal_mark as well",
                    found=f"{mark} for both",
                )
            )

    def aliases(self, key: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        if not names:
            yield "at least one name of your files", "none"
        for name in names:
            if not normalised(name):
                yield "names with a letter or a digit", f'"{name}"'
        if key in self.changes.keys:
            yield f"either an alias, or fields of a key under [sources.{self.name}.keys]", "both"

    def constants(self, key: str, text: str) -> Iterator[tuple[str, str]]:
        if any(key in one.key for one in self.contracts):
            yield (
                f"the column of your files that holds {key}, under [sources.{self.name}.aliases] "
                f'({key} = ["..."]), or the fields that make it together, under '
                f"[sources.{self.name}.keys]: it tells rows apart, and with one value for all of "
                "them they would become one row",
                f'the constant "{text}"',
            )
        has_date = self.changes.file_date or any(one.file_date for one in self.contracts)
        if text == FILE_DATE and key.endswith(".date") and not has_date:
            yield "a date, or a file_date that finds one in the names of files", f'"{text}"'

    def words(self, key: str, values: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
        if not self._is_any(key, lambda one: one.data_type in ("string", "boolean")):
            yield "a column of texts, or of true and false", "one of numbers or times"
        if self._is_any(key, lambda one: one.data_type == "boolean"):
            for value in values:
                if value not in ("true", "false"):
                    yield 'words of "true" and of "false"', f'words of "{value}"'
        seen: dict[str, str] = {}
        for value, listed in values.items():
            for word in listed:
                if seen.setdefault(word.strip().casefold(), value) != value:
                    yield "each word once", f'"{word}" twice'

    def units(self, key: str, unit: str) -> Iterator[tuple[str, str]]:
        if not key.endswith("_seconds"):
            yield "a column that holds a length of time (..._seconds)", f'"{unit}" of {key}'

    def keys(self, key: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        is_key = any(key in one.key for one in self.contracts)
        if not is_key or not self._is_any(key, lambda one: one.data_type == "string"):
            keys = {
                column.name
                for one in self.contracts
                for column in one.columns
                if column.name in one.key and column.data_type == "string"
            }
            yield f"a text that tells rows apart: {', '.join(sorted(keys))}", key
        if key in names:
            yield "other fields than the key itself", f'"{key}"'

    def _names(self) -> set[str]:
        return {column.name for one in self.contracts for column in one.columns}

    def _is_any(self, name: str, is_fit: Callable[[Column], bool]) -> bool:
        columns = (column for one in self.contracts for column in one.columns)
        return any(column.name == name and is_fit(column) for column in columns)

    def _fault(self, kind: str, key: str, expected: str, found: str | None = None) -> TelltaleError:
        what = f"settings.toml: [sources.{self.name}.{kind}] {key} cannot be used"
        return TelltaleError(explained(what, expected=expected, found=found or key))


_CHECKS = {
    "aliases": _Source.aliases,
    "constants": _Source.constants,
    "words": _Source.words,
    "units": _Source.units,
    "keys": _Source.keys,
}


def _unknown(what: str, word: str, known: Iterable[str]) -> TelltaleError:
    known = sorted(known)
    return TelltaleError(
        explained(
            f"settings.toml: {what}",
            expected=f"one of {', '.join(known)}",
            found=f'"{word}"{nearest(word, known)}',
        )
    )
