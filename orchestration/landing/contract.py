"""The input contract of a raw table: its entry in `models/staging/<source>/_sources.yml`."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from orchestration.errors import TelltaleError, explained
from orchestration.home import PROJECT_ROOT
from orchestration.landing.header.column import Column, read_column, read_meta
from orchestration.settings import Settings, SourceSettings
from orchestration.settings_columns import FILE_DATE

STAGING = PROJECT_ROOT / "models" / "staging"


@dataclass(frozen=True)
class Contract:
    """What a raw table's files look like and what their rows become."""

    source: str
    table: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    null_tokens: tuple[str, ...] = ("",)
    date_order: str = "ymd"
    zone: str | None = None
    decimal_mark: str = "."
    thousands_mark: str | None = None
    short_years: bool = False
    encoding: str = "utf-8"
    delimiter: str | None = None
    file_date: str | None = None
    may_be_empty: bool = False
    may_mix_line_ends: bool = False

    @property
    def hidden_columns(self) -> frozenset[str]:
        """Columns whose values no message shows: those of persons, and free texts."""
        return frozenset(one.name for one in self.columns if one.pseudonymise or one.free_text)

    def under(self, settings: Settings) -> "Contract":
        """The contract as this home's settings change it; the zone is always known then.

        Raises TelltaleError if the settings name a column that no table of the source has.
        """
        source = settings.source(self.source)
        changes: dict[str, Any] = {
            name: value
            for name in ("date_order", "decimal_mark", "thousands_mark", "short_years",
                         "delimiter", "encoding", "null_tokens", "file_date", "may_be_empty")
            if (value := getattr(source, name)) is not None
        }  # fmt: skip
        columns = tuple(_under(column, source) for column in self.columns)
        zone = source.zone or self.zone or settings.home.zone
        return replace(self, columns=columns, zone=zone, **changes)

    def on(self, day: date | None) -> "Contract":
        """The contract for a file whose name says `day`: where settings take the date from it."""
        if not any(column.day == FILE_DATE for column in self.columns):
            return self
        text = day.isoformat() if day else None
        columns = tuple(
            replace(column, day=text) if column.day == FILE_DATE else column
            for column in self.columns
        )
        return replace(self, columns=columns)

    def fingerprint(self, *judges: str) -> str:
        """sha256 (hex) of everything that decides which rows come in, and as what.

        `judges` are further texts that take part: the table's suite and the scales it uses.
        """
        text = json.dumps([asdict(self), *judges], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _under(column: Column, source: SourceSettings) -> Column:
    """The column as the settings of its source change it.

    A key of several fields may hold anything, a telephone number too: it is a pseudonym.
    """
    name, parts = column.name, {"": column.name}
    parts |= {part: f"{column.name}.{part}" for part in ("date", "time")}
    own = tuple((part, source.aliases[key]) for part, key in parts.items() if key in source.aliases)
    words = source.words.get(name, {})
    key_fields = source.keys.get(name, ())
    return replace(
        column,
        own=own,
        default=source.constants.get(name, column.default),
        day=source.constants.get(f"{name}.date"),
        words=tuple((word, value) for value, listed in words.items() for word in listed),
        unit=source.units.get(name, column.unit),
        key_fields=key_fields,
        pseudonymise=column.pseudonymise or bool(key_fields),
    )


def read_contracts(staging: Path = STAGING) -> dict[tuple[str, str], Contract]:
    """Every raw table's contract by (source, table), as the repository states it.

    Raises TelltaleError for a contract file that cannot be read as one.
    """
    contracts: dict[tuple[str, str], Contract] = {}
    for path in sorted(staging.glob("*/_sources.yml")):
        try:
            document = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
            for source in document.get("sources", []):
                for table in source.get("tables", []):
                    contract = contract_of(source, table)
                    contracts[contract.source, contract.table] = contract
        except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise TelltaleError(
                explained(
                    f"{path}: not an input contract: {error}", to_do="restore or correct the file"
                )
            ) from error
    return contracts


def contract_of(source: dict[str, Any], table: dict[str, Any]) -> Contract:
    """The contract of one table's entry. Raises ValueError or KeyError where it is none."""
    meta = {**read_meta(source), **read_meta(table)}
    columns = tuple(read_column(column) for column in table["columns"])
    names = {column.name for column in columns}
    key = tuple(meta.get("key", ()))
    if len(names) != len(columns) or not set(key) <= names:
        raise ValueError(f"table {table['name']}: columns must be unique and hold the key")
    if any(column.name in key and column.default is not None for column in columns):
        raise ValueError(f"table {table['name']}: a column of the key has no default")
    known = Contract.__dataclass_fields__
    options: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in meta.items()
        if name in known and name != "key" and value is not None
    }
    return Contract(source["name"], table["name"], key, columns, **options)
