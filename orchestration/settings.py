"""What one centre's files and clocks look like: `settings.toml`, read by its schema.

`docs/settings.md` says each key; a test holds it against this module.
"""

import hashlib
import json
import tomllib
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from orchestration.errors import TelltaleError, explained
from orchestration.home import Home
from orchestration.settings_alerts import AlertSettings
from orchestration.settings_columns import Aliases, Constants, Keys, Units, Words
from orchestration.settings_faults import settings_error
from orchestration.settings_values import (
    DatePattern,
    Encoding,
    Share,
    Text,
    Texts,
    Truth,
    VersionCount,
    Zone,
    among,
)


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HomeSettings(_Table):
    """`[home]`: the centre's defaults.

    `rejected_share_limit` (0..1) is the share of rejected rows above which nothing is built;
    `versions_kept` (2 at least) is how many published versions stay on disk.
    """

    zone: Zone = "Europe/Paris"
    site: Text = "main"
    currency: Text = "EUR"
    languages: Texts = ("fr", "en")
    rejected_share_limit: Share = 0.1
    versions_kept: VersionCount = 5


class SourceSettings(_Table):
    """`[sources.<folder>]`: where one source departs from its contract; None keeps the contract.

    `aliases` maps a column (or `column.date`, `column.time` for its two parts) to more header
    names; `constants` maps a column that the files lack (or `column.date`) to the text of every
    row; `words` maps a column to values and the words that mean them; `units` to the unit of its
    numbers; `keys` to the fields that make a key together.
    """

    zone: Zone | None = None
    date_order: Annotated[str | None, among("ymd", "dmy", "mdy")] = None
    decimal_mark: Annotated[str | None, among(".", ",")] = None
    thousands_mark: Annotated[str | None, among(" ", ".", ",", "'")] = None
    short_years: Truth | None = None
    delimiter: Annotated[str | None, among(",", ";", "\t", "|")] = None
    encoding: Encoding | None = None
    null_tokens: Texts | None = None
    file_date: DatePattern | None = None
    may_be_empty: Truth | None = None
    aliases: Aliases = Field(default_factory=dict)
    constants: Constants = Field(default_factory=dict)
    words: Words = Field(default_factory=dict)
    units: Units = Field(default_factory=dict)
    keys: Keys = Field(default_factory=dict)


class Settings(_Table):
    """A whole `settings.toml`; every key has a default, so an empty file is one."""

    home: HomeSettings = HomeSettings()
    sources: dict[str, SourceSettings] = Field(default_factory=dict)
    alerts: AlertSettings = AlertSettings()

    def source(self, name: str) -> SourceSettings:
        """The settings of a source folder; the empty ones where the file names none."""
        return self.sources.get(name, SourceSettings())

    def fingerprint(self) -> str:
        """sha256 (hex) of all values that decide a figure; limit and kept versions decide none."""
        no_figures = {"home": {"rejected_share_limit", "versions_kept"}}
        values = self.model_dump(include={"home", "sources"}, exclude=no_figures)
        text = json.dumps(values, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


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
            explained(
                f"{file}: the text is not utf-8 at byte {error.start}", to_do="save it as UTF-8"
            )
        ) from None
    try:
        return Settings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise TelltaleError(
            explained(
                f"{file}: not TOML: {error}",
                expected='lines such as zone = "Europe/Paris", under names such as [home]',
            )
        ) from None
    except ValidationError as error:
        raise settings_error(file, Settings, error) from None
