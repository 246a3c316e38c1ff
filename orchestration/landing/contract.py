"""The input contract of a raw table: its entry in `models/staging/<source>/_sources.yml`."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from orchestration.errors import TelltaleError
from orchestration.home import PROJECT_ROOT
from orchestration.settings import Settings, nearest

STAGING = PROJECT_ROOT / "models" / "staging"
DATA_TYPES = (
    "string",
    "bigint",
    "integer",
    "boolean",
    "timestamp",
    "date",
    "decimal(18,2)",
    "decimal(38,12)",
    "double",
)


@dataclass(frozen=True)
class Column:
    """One column: its type word, and how deliveries may write it.

    `default` is the text of every row of a file that lacks the column; `parts` are the header
    names of a date and a clock that together make a timestamp.
    """

    name: str
    data_type: str
    required: bool = False
    aliases: tuple[str, ...] = ()
    pseudonymise: bool = False
    free_text: bool = False
    date_parts: tuple[str, ...] = ()
    time_parts: tuple[str, ...] = ()
    default: str | None = None

    @property
    def is_trimmed(self) -> bool:
        """Outer white space is no part of a key, a code or a typed value; of a text it is."""
        return self.data_type != "string" or self.name.endswith(("_id", "_code"))


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
    encoding: str = "utf-8"
    delimiter: str | None = None
    file_date: str | None = None
    may_be_empty: bool = False

    def under(self, settings: Settings) -> "Contract":
        """The contract as this home's settings change it; the zone is always known then.

        Raises TelltaleError if the settings name a column that no table of the source has.
        """
        source = settings.source(self.source)
        changes: dict[str, Any] = {
            name: value
            for name in ("date_order", "decimal_mark", "delimiter", "encoding", "null_tokens",
                         "file_date", "may_be_empty")
            if (value := getattr(source, name)) is not None
        }  # fmt: skip
        columns = []
        for column in self.columns:
            more = {
                part: (*source.aliases.get(f"{column.name}{suffix}", ()), *getattr(column, part))
                for part, suffix in (
                    ("aliases", ""), ("date_parts", ".date"), ("time_parts", ".time")
                )
            }  # fmt: skip
            default = source.constants.get(column.name, column.default)
            columns.append(replace(column, default=default, **more))
        zone = source.zone or self.zone or settings.zone
        return replace(self, columns=tuple(columns), zone=zone, **changes)

    def fingerprint(self, *judges: str) -> str:
        """sha256 (hex) of everything that decides which rows come in, and as what.

        `judges` are further texts that take part: the table's suite and the scales it uses.
        """
        text = json.dumps([asdict(self), *judges], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def read_contracts(staging: Path = STAGING) -> dict[tuple[str, str], Contract]:
    """Every raw table's contract by (source, table), as the repository states it.

    Raises TelltaleError for a contract file that cannot be read as one.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    contracts: dict[tuple[str, str], Contract] = {}
    for path in sorted(staging.glob("*/_sources.yml")):
        try:
            document = YAML(typ="safe").load(path.read_text(encoding="utf-8")) or {}
            for source in document.get("sources", []):
                for table in source.get("tables", []):
                    contract = _contract(source, table)
                    contracts[contract.source, contract.table] = contract
        except (YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise TelltaleError(f"{path}: not an input contract: {error}") from error
    return contracts


def check_settings(settings: Settings, contracts: Mapping[tuple[str, str], Contract]) -> None:
    """Raises TelltaleError where settings.toml names a source or a column that nobody knows."""
    tables: dict[str, set[str]] = {}
    for (source, _), contract in contracts.items():
        names = {column.name for column in contract.columns}
        tables.setdefault(source, set()).update(
            names, {f"{name}.{part}" for name in names for part in ("date", "time")}
        )
    for source, changes in settings.sources.items():
        if source not in tables:
            raise TelltaleError(
                f"settings.toml: [sources.{source}] is no known source{nearest(source, tables)} "
                f"(known: {', '.join(sorted(tables))})"
            )
        for kind, names in (("aliases", changes.aliases), ("constants", changes.constants)):
            for name in names:
                if name not in tables[source]:
                    raise TelltaleError(
                        f'settings.toml: [sources.{source}.{kind}] names "{name}", which is no '
                        f"column of that source{nearest(name, tables[source])}"
                    )


def _contract(source: dict[str, Any], table: dict[str, Any]) -> Contract:
    meta = {**_meta(source), **_meta(table)}
    columns = tuple(_column(column) for column in table["columns"])
    names = {column.name for column in columns}
    key = tuple(meta.get("key", ()))
    if len(names) != len(columns) or not set(key) <= names:
        raise ValueError(f"table {table['name']}: columns must be unique and hold the key")
    known = Contract.__dataclass_fields__
    options: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in meta.items()
        if name in known and name != "key" and value is not None
    }
    return Contract(source["name"], table["name"], key, columns, **options)


def _column(entry: dict[str, Any]) -> Column:
    meta, data_type = _meta(entry), str(entry["data_type"]).replace(" ", "")
    if data_type not in DATA_TYPES:
        raise ValueError(f"column {entry['name']}: unknown data_type {data_type}")
    parts, default = meta.get("parts") or {}, meta.get("default")
    return Column(
        name=entry["name"],
        data_type=data_type,
        required=bool(meta.get("required", False)),
        aliases=tuple(meta.get("aliases", ())),
        pseudonymise=bool(meta.get("pseudonymise", False)),
        free_text=bool(meta.get("free_text", False)),
        date_parts=tuple(parts.get("date", ())),
        time_parts=tuple(parts.get("time", ())),
        default=None if default is None else str(default),
    )


def _meta(entry: dict[str, Any]) -> dict[str, Any]:
    return dict((entry.get("config") or {}).get("meta") or {})
