"""The reference of settings.toml says what its schema reads, and nothing else."""

import re
import tomllib
from typing import Any, get_args

from pydantic import BaseModel

from orchestration.landing.contract import read_contracts
from orchestration.landing.header.overrides import check_settings
from orchestration.landing.list_contracts import list_contracts
from orchestration.settings import Settings, SourceSettings
from tests.project.laws.breach import ROOT

PAGE = (ROOT / "docs" / "settings.md").read_text("utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def section(name: str) -> str:
    """The text below one heading, up to the next."""
    found = re.search(
        rf"^## \[{re.escape(name)}\]\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE
    )
    assert found, f"docs/settings.md has no heading [{name}]"
    return found[1]


def documented() -> dict[str, set[str]]:
    """The keys in the first column of each section's table, by heading."""
    names = re.findall(r"^## \[(.*)\]$", PAGE, re.MULTILINE)
    return {name: set(re.findall(r"^\| `(\w+)` \|", section(name), re.MULTILINE)) for name in names}


def is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def keys_below(name: str, table: type[BaseModel]) -> dict[str, set[str]]:
    """The keys of a table and of the tables inside it, by heading."""
    fields = {key: field.annotation for key, field in table.model_fields.items()}
    inner: dict[str, Any] = {key: kind for key, kind in fields.items() if is_table(kind)}
    found = {name: set(fields) - set(inner)}
    for key, kind in inner.items():
        found |= keys_below(f"{name}.{key}", kind)
    return found


def test_each_key_of_the_schema_is_in_the_page_and_no_other() -> None:
    expected: dict[str, set[str]] = {}
    for name, field in Settings.model_fields.items():
        kind: Any = field.annotation
        if is_table(kind):
            expected |= keys_below(name, kind)
        else:
            assert get_args(kind)[1] is SourceSettings
            tables = {
                key for key, one in SourceSettings.model_fields.items() if one.default_factory
            }
            expected[f"{name}.NAME"] = set(SourceSettings.model_fields) - tables
            for key in tables:
                expected[f"{name}.NAME.{key}" + (".COLUMN" if key == "words" else "")] = set()
    assert documented() == expected


def test_defaults_are_those_of_the_schema() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(.*?)` \|", section("home"), re.MULTILINE)
    said = tomllib.loads("\n".join(f"{key} = {value}" for key, value in rows))
    assert Settings.model_validate({"home": said}) == Settings()


def test_each_example_of_the_page_is_read_and_used() -> None:
    used: set[str] = set()
    for example in EXAMPLES:
        settings = Settings.model_validate(tomllib.loads(example))
        check_settings(settings, read_contracts() | list_contracts())
        used |= settings.home.model_fields_set
        used.update(*(one.model_fields_set for one in settings.sources.values()))
    assert set(SourceSettings.model_fields) <= used
