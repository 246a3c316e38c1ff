"""What one centre's files and clocks look like: `settings.toml`, validated."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from orchestration.errors import TelltaleError, told
from orchestration.home import Home
from orchestration.toml_table import TomlTable, constant_text

DATE_ORDERS = ("ymd", "dmy", "mdy")
DELIMITERS = (",", ";", "\t", "|")
DECIMAL_MARKS = (".", ",")


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
    """A validated `settings.toml`; every field has a default, so an empty file is one.

    `rejected_share_limit` (0..1) is the share of rejected rows above which nothing is built.
    """

    zone: str = "Europe/Paris"
    site: str = "main"
    currency: str = "EUR"
    languages: tuple[str, ...] = ("fr", "en")
    rejected_share_limit: float = 0.1
    sources: Mapping[str, SourceSettings] = field(default_factory=dict)

    def source(self, name: str) -> SourceSettings:
        """The settings of a source folder; the empty ones where the file names none."""
        return self.sources.get(name, SourceSettings())

    def fingerprint(self) -> str:
        """sha256 (hex) of all values that decide a figure; the limit decides none."""
        values = asdict(self)
        del values["rejected_share_limit"]
        text = json.dumps(values, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _aliases(file: str, where: str, table: Any) -> dict[str, tuple[str, ...]]:
    """Flat aliases: `entered_at.time = [...]` (a nested table in TOML) becomes one key."""
    if not isinstance(table, dict):
        raise TelltaleError(
            told(f"{file}: [{where}] is no table", expected=f"[{where}]", found=repr(table))
        )
    flat: dict[str, Any] = {}
    for key, value in table.items():
        parts = value if isinstance(value, dict) else None
        flat.update({f"{key}.{part}": names for part, names in parts.items()} if parts else {})
        if parts is None:
            flat[key] = value
    reader = TomlTable(file, where, flat, flat)
    return {key: reader.texts(key, ()) for key in flat}


def _source(file: str, name: str, table: Any) -> SourceSettings:
    where = f"sources.{name}"
    reader = TomlTable(file, where, table, SourceSettings.__dataclass_fields__)
    constants = table.get("constants", {})
    if not isinstance(constants, dict) or any(
        isinstance(value, (list, dict)) for value in constants.values()
    ):
        raise TelltaleError(
            told(
                f"{file}: [{where}.constants] cannot be read",
                expected="one value for each column",
                found=repr(constants),
            )
        )
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
        raise TelltaleError(
            told(f"{file}: the text is not utf-8 at byte {error.start}", to_do="save it as UTF-8")
        ) from None
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TelltaleError(
            told(
                f"{file}: not TOML: {error}",
                expected='lines such as zone = "Europe/Paris", under names such as [home]',
            )
        ) from None
    top = TomlTable(file, "top level", tables, ("home", "sources"))
    fields = [name for name in Settings.__dataclass_fields__ if name != "sources"]
    home_table = TomlTable(file, "home", top.table.get("home", {}), fields)
    sources = top.table.get("sources", {})
    if not isinstance(sources, dict):
        raise TelltaleError(
            told(
                f"{file}: [sources] is no table",
                expected="one table for each source folder, such as [sources.call_list]",
                found=repr(sources),
            )
        )
    return Settings(
        zone=home_table.zone("zone", Settings.zone),
        site=home_table.text("site", Settings.site),
        currency=home_table.text("currency", Settings.currency),
        languages=home_table.texts("languages", Settings.languages),
        rejected_share_limit=home_table.share(
            "rejected_share_limit", Settings.rejected_share_limit
        ),
        sources={name: _source(file, name, table) for name, table in sources.items()},
    )
