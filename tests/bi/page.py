"""The fenced blocks of docs/bi.md, and how each kind is run."""

import re
import shlex
from typing import NamedTuple

import duckdb

from orchestration.home import PROJECT_ROOT

RUN = ("sql", "sh", "python", "toml")
TEXT = (PROJECT_ROOT / "docs" / "bi.md").read_text("utf-8")


class Block(NamedTuple):
    """One fenced block and the heading above it."""

    heading: str
    language: str
    text: str


def blocks() -> list[Block]:
    """Every block of the page, in order."""
    found, heading = [], ""
    pattern = r"^## (?P<heading>[^\n]*)$|^```(?P<language>\w*)\n(?P<text>.*?)^```$"
    for match in re.finditer(pattern, TEXT, re.MULTILINE | re.DOTALL):
        heading = match["heading"] or heading
        if match["text"] is not None:
            found.append(Block(heading, match["language"], match["text"]))
    return found


def section(heading: str) -> str:
    """The text below a heading."""
    return TEXT.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def run_command(line: str) -> list[tuple[object, ...]]:
    """A call of DuckDB's command line, by the driver for Python: `duckdb -readonly FILE -c SQL`."""
    program, access, database, option, query = shlex.split(line)
    assert (program, access, option) == ("duckdb", "-readonly", "-c"), line
    with duckdb.connect(database, read_only=True) as connection:
        return connection.execute(query).fetchall()


def listed_drivers() -> list[str]:
    """Versions in the page's table of drivers."""
    return re.findall(r"^\| (\d+\.\d+\.\d+) \| yes \|$", TEXT, re.MULTILINE)
