"""The worked examples of CONTRIBUTING.md, run exactly as they stand in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.home import PROJECT_ROOT, Home

BLOCK = re.compile(
    r"^\*\*`(?P<path>[^`]+)`\*\*(?:, below `(?P<anchor>[^`]+)`:)?\n\n```\w+\n(?P<text>.*?)```$",
    re.M | re.S,
)
COPIED = ("models", "macros", "seeds", "tests/data", "orchestration", "expectations", "simulation")
FILES = ("dbt_project.yml", "profiles.yml", "pyproject.toml")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that was run with a copy of the project to which every example was added."""
    project = tmp_path_factory.mktemp("example") / "telltale"
    for folder in COPIED:
        shutil.copytree(
            PROJECT_ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in FILES:
        shutil.copy(PROJECT_ROOT / name, project / name)
    home = Home.at(project / "var")
    for block in BLOCK.finditer((PROJECT_ROOT / "CONTRIBUTING.md").read_text("utf-8")):
        root = home.root if block["path"].startswith("deliveries/") else project
        add_example(root / block["path"], block["anchor"], block["text"])
    command = [sys.executable, "-m", "orchestration.cli", "run", "--home", str(home.root)]
    done = subprocess.run(
        command,
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return home


def add_example(path: Path, anchor: str | None, text: str) -> None:
    """Write a block as a file, or insert it below the one line that contains its anchor."""
    if anchor is None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = [number for number, line in enumerate(lines) if anchor in line]
    assert len(at) == 1, (
        f"{path}: {anchor!r} stands in {len(at)} lines, so nothing can be added below it"
    )
    lines.insert(at[0] + 1, text)
    path.write_text("".join(lines), "utf-8")


def test_the_new_source_lands_and_counts(example: Home) -> None:
    with duckdb.connect(str(example.warehouse), read_only=True) as connection:
        found = connection.execute(
            "select queue_id, sum(offered_count), sum(answered_count), sum(short_abandon_count) "
            "from marts.agg_transactional_daily group by queue_id order by queue_id"
        ).fetchall()
    assert found == [("aide", 1, 0, 0), ("ventes", 2, 2, 1)]


def test_the_new_kpi_has_values_and_words(example: Home) -> None:
    with duckdb.connect(str(example.warehouse), read_only=True) as connection:
        found = connection.execute(
            "select kpi_name_fr, numerator, denominator, value from marts.kpi_values "
            "inner join marts.dim_kpis using (kpi_id) "
            "where kpi_id = 'short_abandon_share' "
            "and scope_code = 'company' and period_code = 'day'"
        ).fetchall()
    assert found == [("Part d'abandons courts", 1, 4, 0.25)]
