"""Documents name what is there."""

import csv
import re
import subprocess
import tomllib

import click
import pytest

from orchestration.cli import main
from orchestration.settings import Settings
from tests.project.laws import exceptions
from tests.project.laws.breach import ROOT, demand, excused
from tests.project.laws.documents import (
    command_breaches,
    file_breaches,
    mart_breaches,
    path_breaches,
)
from tests.project.laws.kpi_page import PAGE, page_breaches, page_row
from tests.project.laws.kpis import LINES, REPORTED, WORDS, macro_value
from tests.project.laws.repository import repository_files, texts_of


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return texts_of(repository_files())


@pytest.fixture(scope="module")
def documents(texts: dict[str, str]) -> dict[str, str]:
    found = {name: text for name, text in texts.items() if name.endswith(".md")}
    assert len(found) > 5
    return found


def test_every_path_in_a_document_is_there(
    texts: dict[str, str], documents: dict[str, str]
) -> None:
    demand(excused(path_breaches(documents, texts), exceptions.DOCUMENTED_PATHS))


def test_every_file_that_is_named_is_there(
    texts: dict[str, str], documents: dict[str, str]
) -> None:
    named = file_breaches(documents, texts, exceptions.HOME_FILES)
    # Code may name made-up files; what its comments say to read must be there.
    pages = {
        name: " ".join(re.findall(r"(?<![\w.])[\w-]+\.md\b", text)) for name, text in texts.items()
    }
    pages = {name: text for name, text in pages.items() if not name.startswith("tests/")}
    demand([*named, *file_breaches(pages, texts, exceptions.HOME_FILES)])


def test_every_command_in_a_document_can_be_given(documents: dict[str, str]) -> None:
    targets = re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    commands = {
        name: [*(option for one in command.params for option in one.opts), "--help"]
        for name, command in main.commands.items()
        if isinstance(command, click.Command)
    }
    assert len(targets) > 5 and len(commands) > 5
    demand(command_breaches(documents, targets, commands))


def test_every_mart_in_a_document_is_a_model(
    texts: dict[str, str], documents: dict[str, str]
) -> None:
    models = {name.split("/")[-1].removesuffix(".sql") for name in texts if name.endswith(".sql")}
    demand(mart_breaches(documents, models))


def test_every_setting_in_a_document_is_one(documents: dict[str, str]) -> None:
    blocks = [
        text
        for document in documents.values()
        for text in re.findall(r"^ *```toml\n(.*?)^ *```", document, re.M | re.S)
    ]
    assert len(blocks) > 1
    for text in blocks:
        Settings.model_validate(tomllib.loads(text))


def test_the_page_of_kpis_says_what_the_definitions_say(texts: dict[str, str]) -> None:
    lines = macro_value(texts[LINES], "kpi_definitions")
    words, reported = (list(csv.DictReader(texts[name].splitlines())) for name in (WORDS, REPORTED))
    demand(page_breaches(texts[PAGE], lines, words, reported))


def test_make_help_lists_every_target(texts: dict[str, str]) -> None:
    command = ["make", "--no-print-directory", "help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    listed = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    targets = re.findall(r"^([a-z][a-z-]*):(?!=)", texts["Makefile"], re.M)
    assert len(targets) > 5 and list(listed) == targets and all(listed.values())


FILES = ["models/marts/rpt_a.sql", "docs/a.md", "dbt_project.yml"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("`models/marts/rpt_b.sql`", 1),
        ("[b](b.md)", 1),
        ("[b](../models/x/)", 1),
        ("`models/marts/`, `models/*/rpt_a.sql`, `models/<family>/rpt_...`", 0),
        ("[a](a.md#part), [x](https://x.org/y.md), `published/a`, `make lint`", 0),
        ("**`models/new.sql`**\n\nsee `models/new.sql`", 0),
    ],
)
def test_a_path_that_is_not_there_is_seen(text: str, count: int) -> None:
    assert len(path_breaches({"docs/a.md": text}, FILES)) == count


def test_a_file_that_is_not_there_is_seen() -> None:
    (breach,) = file_breaches({"a.md": "see a.md and gone.md, `settings.toml`"}, FILES,
                              ["settings.toml"])  # fmt: skip
    assert breach.key == "a.md: gone.md"


def test_a_command_that_cannot_be_given_is_seen() -> None:
    documents = {"a.md": "`make it`, `telltale go --far`\n```\ntelltale go --near\nmake x # y\n```"}
    found = command_breaches(documents, ["x"], {"go": ["--near"]})
    assert [breach.what for breach in found] == ["make it is no target", "telltale go has no --far"]
    assert command_breaches({"a.md": "`telltale fly`"}, [], {"go": []})


def test_a_mart_that_is_no_model_is_seen() -> None:
    assert mart_breaches({"a.md": "`rpt_b`"}, ["rpt_a"])
    assert not mart_breaches({"a.md": "`rpt_a`, `rpt_`, rpt_c"}, ["rpt_a"])


def test_a_kpi_that_the_page_words_otherwise_is_seen() -> None:
    line = {"kpi_id": "a_rate", "scopes": "visits", "window": 1, "estimator": "proportion"}
    words = {
        "kpi_code": "A", "kpi_id": "a_rate", "kpi_name_en": "A", "kpi_name_fr": "A",
        "source_text": "a / b",
    }  # fmt: skip
    row = page_row(line, words)
    assert row == "| A | a_rate | A | A | a / b | visits | 1 d | Wilson |"
    assert not page_breaches(row, [line], [words])
    assert page_breaches(row.replace("a / b", "b / a"), [line], [words])
    assert page_breaches(f"{row}\n{row.replace('a_rate', 'b_rate')}", [line], [words])
