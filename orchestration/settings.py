"""What one centre's files and clocks look like: `settings.toml`, validated."""

import difflib
import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from orchestration.errors import TelltaleError
from orchestration.home import Home

DATE_ORDERS = ("ymd", "dmy", "mdy")
DELIMITERS = (",", ";", "\t", "|")
DECIMAL_MARKS = (".", ",")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean "..."?` with the known word that looks most like `word`, or nothing."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f'; did you mean "{found[0]}"?' if found else ""


def constant_text(value: Any) -> str:
    """A TOML value as the text that a file would have held in its place."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)


@dataclass(frozen=True)
class SourceSettings:
    """Departures of one source folder from its contract; None keeps what the contract says.

    `aliases` maps a column (or `column.date`, `column.time` for its two parts) to more header
    names; `constants` maps a column that the files lack to the text of every row.
    """

    zone: str | None = None
    date_order: str | None = None
    decimal_mark: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    null_tokens: tuple[str, ...] | None = None
    file_date: str | None = None
    may_be_empty: bool | None = None
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """A validated `settings.toml`; every field has a default, so an empty file is one."""

    zone: str = "Europe/Paris"
    site: str = "main"
    currency: str = "EUR"
    languages: tuple[str, ...] = ("fr", "en")
    rejected_share_limit: float = 0.5
    sources: Mapping[str, SourceSettings] = field(default_factory=dict)

    def source(self, name: str) -> SourceSettings:
        """The settings of a source folder; the empty ones where the file names none."""
        return self.sources.get(name, SourceSettings())

    def fingerprint(self) -> str:
        """sha256 (hex) of all values: equal settings have equal fingerprints."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


class _Reader:
    """Checks one table of the file; `where` is its name as the file writes it."""

    def __init__(self, file: str, where: str, table: Any, known: Iterable[str]) -> None:
        self.file, self.where = file, where
        if not isinstance(table, dict):
            raise TelltaleError(f"{file}: [{where}] must be a table, found {table!r}")
        self.table: dict[str, Any] = table
        self.known = tuple(known)
        for key in table:
            if key not in self.known:
                raise TelltaleError(
                    f'{file}: [{where}] has the unknown key "{key}"{nearest(key, self.known)} '
                    f"(known: {', '.join(sorted(self.known))})"
                )

    def fail(self, key: str, expected: str) -> TelltaleError:
        found = self.table[key]
        return TelltaleError(
            f"{self.file}: [{self.where}] {key} must be {expected}, found {found!r}"
        )

    def text(self, key: str, default: str | None, among: Iterable[str] = ()) -> Any:
        if key not in self.table:
            return default
        value, among = self.table[key], tuple(among)
        if not isinstance(value, str) or not value:
            raise self.fail(key, "a text")
        if among and value not in among:
            raise self.fail(key, "one of " + ", ".join(repr(one) for one in among))
        return value

    def zone(self, key: str, default: str | None) -> Any:
        value = self.text(key, default)
        if key in self.table and value not in _zones():
            expected = f"an IANA time zone such as Europe/Paris{nearest(value, _zones())}"
            raise self.fail(key, expected)
        return value

    def texts(self, key: str, default: tuple[str, ...] | None) -> Any:
        if key not in self.table:
            return default
        value = self.table[key]
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.fail(key, "a list of texts")
        return tuple(value)

    def encoding(self, key: str) -> str | None:
        value = self.text(key, None)
        if value is None:
            return None
        try:
            "".encode(value)
        except LookupError:
            raise self.fail(key, "an encoding such as utf-8 or cp1252") from None
        return value

    def pattern(self, key: str) -> str | None:
        value = self.text(key, None)
        if value is not None:
            import re

            try:
                groups = re.compile(value).groups
            except re.error:
                groups = 0
            if groups != 1:
                raise self.fail(key, "a regular expression with one group around the date")
        return value

    def truth(self, key: str, default: bool | None) -> bool | None:
        if key in self.table and not isinstance(self.table[key], bool):
            raise self.fail(key, "true or false")
        return self.table.get(key, default)

    def share(self, key: str, default: float) -> float:
        value = self.table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
            raise self.fail(key, "a share from 0 to 1")
        return float(value)


def _aliases(file: str, where: str, table: Any) -> dict[str, tuple[str, ...]]:
    """Flat aliases: `entered_at.time = [...]` (a nested table in TOML) becomes one key."""
    if not isinstance(table, dict):
        raise TelltaleError(f"{file}: [{where}] must be a table, found {table!r}")
    flat: dict[str, Any] = {}
    for key, value in table.items():
        parts = value if isinstance(value, dict) else None
        flat.update({f"{key}.{part}": names for part, names in parts.items()} if parts else {})
        if parts is None:
            flat[key] = value
    reader = _Reader(file, where, flat, flat)
    return {key: reader.texts(key, ()) for key in flat}


def _source(file: str, name: str, table: Any) -> SourceSettings:
    where = f"sources.{name}"
    reader = _Reader(file, where, table, SourceSettings.__dataclass_fields__)
    constants = table.get("constants", {})
    if not isinstance(constants, dict) or any(
        isinstance(value, (list, dict)) for value in constants.values()
    ):
        raise TelltaleError(f"{file}: [{where}.constants] must map columns to single values")
    return SourceSettings(
        zone=reader.zone("zone", None),
        date_order=reader.text("date_order", None, DATE_ORDERS),
        decimal_mark=reader.text("decimal_mark", None, DECIMAL_MARKS),
        delimiter=reader.text("delimiter", None, DELIMITERS),
        encoding=reader.encoding("encoding"),
        null_tokens=reader.texts("null_tokens", None),
        file_date=reader.pattern("file_date"),
        may_be_empty=reader.truth("may_be_empty", None),
        aliases=_aliases(file, f"{where}.aliases", table.get("aliases", {})),
        constants={key: constant_text(value) for key, value in constants.items()},
    )


def read_settings(home: Home) -> Settings:
    """The home's settings; defaults where the file or a key is missing.

    Raises TelltaleError for broken TOML, an unknown key (naming the nearest known one), an
    unknown zone, and every value outside its set.
    """
    file = str(home.settings_file)
    try:
        text = home.settings_file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError as error:
        raise TelltaleError(f"{file}: not UTF-8 text at byte {error.start}; save it so") from None
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TelltaleError(f"{file}: not valid TOML: {error}") from None
    top = _Reader(file, "top level", tables, ("home", "sources"))
    fields = [name for name in Settings.__dataclass_fields__ if name != "sources"]
    home_table = _Reader(file, "home", top.table.get("home", {}), fields)
    sources = top.table.get("sources", {})
    if not isinstance(sources, dict):
        raise TelltaleError(f"{file}: [sources] must hold one table per source folder")
    return Settings(
        zone=home_table.zone("zone", Settings.zone),
        site=home_table.text("site", Settings.site),
        currency=home_table.text("currency", Settings.currency),
        languages=home_table.texts("languages", Settings.languages),
        rejected_share_limit=home_table.share("rejected_share_limit", 0.5),
        sources={name: _source(file, name, table) for name, table in sources.items()},
    )
